import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

type Values = Record<string, string | boolean | undefined>
export type Arguments = { values: Values; words: string[] }

/** One command: how it is written, what it does, and its exit code. */
export type Command = {
  name: string
  /** What follows the name. */
  usage: string
  about: string
  options?: ParseArgsOptionsConfig
  run(given: Arguments): Promise<number>
}

/** Written wrongly: what to do instead, and exit code 2. */
export class UsageError extends Error {}

/** It cannot be done, in words that need no stack. */
export class Trouble extends Error {}

const asks = new Set(['--help', '-h', 'help'])
export const asksForHelp = (argv: readonly string[]): boolean => argv.some((word) => asks.has(word))

/** The longest name that begins the line: `dead-letters list` before `dead-letters`. */
export function find(
  commands: readonly Command[],
  argv: readonly string[],
): { command?: Command; rest: string[] } {
  const line = argv.join(' ')
  const [command] = commands
    .filter(({ name }) => line === name || line.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)
  return { command, rest: argv.slice(command?.name.split(' ').length ?? 0) }
}

export function parse({ options = {} }: Command, argv: string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
    return { values: values as Values, words: positionals }
  } catch (error) {
    if (String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS'))
      throw new UsageError((error as Error).message)
    throw error
  }
}

/** Exactly these words, each with a name for the message. */
export function exactly(words: readonly string[], ...names: string[]): string[] {
  const missing = names[words.length]
  if (missing) throw new UsageError(`It needs ${missing}.`)
  const extra = words[names.length]
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`)
  return [...words]
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function anId(word: string): string {
  if (!uuid.test(word))
    throw new UsageError(`"${word}" is not an id such as 0198f3a2-5c1e-7b44-9d01-6f2e8a7c3b10.`)
  return word.toLowerCase()
}

const program = 'node scripts/cli.mjs'

export const usageOf = ({ name, usage }: Command): string => `Usage: ${program} ${name} ${usage}`.trim()

/** The whole list, or the part of it that begins with what was asked. */
export function help(commands: readonly Command[], asked: string): string {
  const meant = commands.filter(({ name }) => name === asked || name.startsWith(`${asked} `))
  const shown = meant.length > 0 ? meant : commands
  const lines = shown.map(({ name, usage, about }) => `  ${`${name} ${usage}`.trim()}\n      ${about}`)
  return [`Usage: ${program} <command>`, '', ...lines].join('\n')
}
