export const say = (text = ''): void => void process.stdout.write(`${text}\n`)
/** Beside the answer, so that what is piped on stays clean. */
export const remark = (text: string): void => void process.stderr.write(`${text}\n`)

type Cell = string | number | null | undefined

/** Columns as wide as their widest cell; the last one as it comes. */
export function table(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const all = [heads, ...rows].map((row) => row.map((cell) => oneLine(cell ?? '-')))
  const widths = heads.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** `name   value`, one a line; a value of several lines is indented under itself. */
export function facts(pairs: readonly (readonly [name: string, value: Cell])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length)) + 2
  return pairs
    .map(
      ([name, value]) => name.padEnd(width) + String(value ?? '-').replaceAll('\n', `\n${' '.repeat(width)}`),
    )
    .join('\n')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a stored message must not steer the terminal
const steering = /[\u0000-\u001f\u007f-\u009f]+/g
const oneLine = (cell: string | number): string => String(cell).replace(steering, ' ').trim()

export const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** To the second: an operator's eyes need no more. */
export const moment = (at: string): string => `${at.slice(0, 19)}Z`
