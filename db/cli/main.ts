import { closePools } from '../client'
import { backupCommands } from './backup'
import { asksForHelp, type Command, find, help, parse, UsageError, usageOf } from './command'
import { databaseCommands } from './database'
import { deadLetterCommands } from './dead-letters'
import { eventCommands } from './events'
import { remark, say } from './print'
import { projectionCommands } from './projections'
import { wordsFor } from './words'

const commands: readonly Command[] = [
  ...databaseCommands,
  ...backupCommands,
  ...deadLetterCommands,
  ...eventCommands,
  ...projectionCommands,
]

/** Runs what the line says and returns the exit code: 0 done, 1 not done, 2 not understood. */
export async function main(argv: string[], databaseUrl: string | undefined): Promise<number> {
  const { command, rest } = find(commands, argv)
  if (asksForHelp(argv) || argv.length === 0) {
    say(help(commands, argv.filter((word) => !asksForHelp([word])).join(' ')))
    return argv.length === 0 ? 2 : 0
  }
  try {
    if (!command) throw new UsageError(`There is no command "${argv.join(' ')}".`)
    return await command.run(parse(command, rest))
  } catch (error) {
    if (error instanceof UsageError) {
      remark(`${error.message}\n\n${command ? usageOf(command) : help(commands, argv[0] ?? '')}`)
      return 2
    }
    remark(wordsFor(error, databaseUrl) ?? String(error instanceof Error ? error.stack : error))
    return 1
  } finally {
    await closePools()
  }
}
