import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { backup, restore } from '@/db/backup'
import { config } from '@/server/core/config'
import { type Command, exactly, Trouble, UsageError } from './command'
import { count, moment, say } from './print'

const backupCommand: Command = {
  name: 'backup',
  usage: '[FILE]',
  about:
    'the whole database as it is now into one new file, by default under DATA_DIR/backups; nobody has to stop',
  run: async ({ words }) => {
    if (words.length > 1) throw new UsageError(`"${words[1]}" is one word too many.`)
    const file = resolve(words[0] ?? newName())
    if (existsSync(file)) throw new Trouble(`${file} is there already. Name another file.`)
    if (!existsSync(dirname(file))) throw new Trouble(`There is no folder ${dirname(file)}.`)
    const { rows, tables, takenAt } = await backup(config().DATABASE_URL, file)
    const size = (statSync(file).size / 1024 / 1024).toFixed(1)
    say(
      `${count(rows, 'row')} of ${count(tables, 'table')} as of ${moment(takenAt)} are in ${file} (${size} MB).`,
    )
    say('To read it again takes the ENCRYPTION_KEY of this installation: keep that too, and elsewhere.')
    return 0
  },
}

function newName(): string {
  const folder = join(config().DATA_DIR, 'backups')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return join(folder, `slotwise-${moment(new Date().toISOString()).replaceAll(':', '-')}.tar.gz`)
}

const restoreCommand: Command = {
  name: 'restore',
  usage: 'FILE',
  about: 'put a backup into an empty database, all of it or nothing, and bring it to this version',
  run: async ({ words }) => {
    const [word = ''] = exactly(words, 'the file of a backup')
    const file = resolve(word)
    if (!existsSync(file)) throw new Trouble(`There is no file ${file}.`)
    const { rows, takenAt, epoch, migrated } = await restore(config().DATABASE_URL, file)
    const since = migrated > 0 ? ` ${count(migrated, 'migration')} applied since.` : ''
    say(`${count(rows, 'row')} as of ${moment(takenAt)} are back.${since} The log is in epoch ${epoch}.`)
    return 0
  },
}

export const backupCommands = [backupCommand, restoreCommand]
