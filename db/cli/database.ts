import { join } from 'node:path'
import { migrate } from '@/db/migrate'
import { type Seeded, seed } from '@/db/seed/seed'
import { makeOperator } from '@/server/auth/user/make-operator'
import { config } from '@/server/core/config'
import { isRefusal } from '@/server/core/errors'
import { type Command, exactly, Trouble } from './command'
import { count, say } from './print'

const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  about: 'bring the database to the shape of this version; a second one waits for the first',
  run: async ({ words }) => {
    exactly(words)
    const { applied, epoch } = await migrate()
    const what = applied > 0 ? `${count(applied, 'migration')} applied` : 'Nothing to migrate'
    say(`${what}. The log is in epoch ${epoch}.`)
    return 0
  },
}

const seedCommand: Command = {
  name: 'seed',
  usage: '',
  about: 'fill an empty database with an invented demo world; its logins are written to DATA_DIR/demo.json',
  run: async ({ words }) => {
    exactly(words)
    const told: Record<Seeded, string> = {
      seeded: `The demo world is there. Everybody in it is invented; their logins are in ${join(config().DATA_DIR, 'demo.json')}.`,
      already: 'The demo world is there already.',
      not_empty: 'The database is not empty, so no demo world was put into it.',
    }
    say(told[await seed()])
    return 0
  },
}

const operatorCommand: Command = {
  name: 'operator',
  usage: 'EMAIL',
  about: 'let somebody who has an account operate the platform',
  run: async ({ words }) => {
    const [email = ''] = exactly(words, 'the address of somebody who has an account')
    const { already } = await makeOperator(email).catch((error: unknown) => {
      if (!isRefusal(error) || error.code !== 'no_such_account') throw error
      throw new Trouble(
        `Nobody has an account with the address ${email}. Sign up with it first, then come back.`,
      )
    })
    say(already ? `${email} is an operator already.` : `${email} is an operator now.`)
    return 0
  },
}

export const databaseCommands = [migrateCommand, seedCommand, operatorCommand]
