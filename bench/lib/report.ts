import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './child'
import type { Bench, Measure } from './measure'

const columns = ['bench', 'ratio', 'goal', 'holds', 'value', 'floor'] as const

/** Ratios first: a bare number says more of the machine than of the app. */
const cells = ({ name, ratio, goal, holds, value, floor, unit }: Measure): string[] => [
  name,
  ratio === null ? '–' : String(ratio),
  goal ?? '–',
  holds === null ? '–' : holds ? 'yes' : 'NO',
  `${value} ${unit}`,
  floor === null ? '–' : `${floor} ${unit}`,
]

export function table(measures: readonly Measure[]): string {
  const rows = [[...columns], ...measures.map(cells)]
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)))
  const lines = rows.map((row) =>
    `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd(),
  )
  return [
    '',
    lines[0],
    `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`,
    ...lines.slice(1),
    '',
  ].join('\n')
}

const marks = {
  what: ['<!-- benches -->', '<!-- /benches -->'],
  results: ['<!-- results -->', '<!-- /results -->'],
} as const

/** Puts what is measured and what came out into the README, between its marks. */
export function writeReadme(benches: readonly Bench[], measures: readonly Measure[], machine: string): void {
  const path = join(root, 'bench', 'README.md')
  const what = benches.map(({ name, about, floor }) => [`\`${name}\``, about, floor])
  const results = measures.map((one) => cells(one).map((cell, i) => (i === 0 ? `\`${cell}\`` : cell)))
  const text = readFileSync(path, 'utf8')
  const described = between(text, marks.what, markdown(['bench', 'what', 'floor in the same run'], what))
  const measured = `${machine}\n\n${markdown([...columns], results)}`
  writeFileSync(path, between(described, marks.results, measured))
}

const markdown = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

function between(text: string, [from, to]: readonly [string, string], inside: string): string {
  const start = text.indexOf(from)
  const end = text.indexOf(to)
  if (start < 0 || end < start) throw new Error(`bench/README.md has lost its mark ${from}`)
  return `${text.slice(0, start + from.length)}\n\n${inside}\n\n${text.slice(end)}`
}
