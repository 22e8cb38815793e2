/** One entry of a file, or a zone that it describes: its lines, as far as they matter. */
export type Block = { name: string; lines: string[] }

/** What decides when somebody is busy. What an entry is about, and with whom, is not even looked at. */
const told =
  /^(UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|TRANSP|X-MICROSOFT-CDO-BUSYSTATUS|FREEBUSY)[;:]/i
const wanted = /^(VEVENT|VFREEBUSY|VTIMEZONE)$/

export function* blocksOf(text: string): Generator<Block> {
  let block: Block | null = null
  /** What the line is in, from the outermost on. */
  const inside: string[] = []
  for (const line of linesOf(text)) {
    const [, edge, name = ''] = /^(BEGIN|END):\s*(\S+)/i.exec(line) ?? []
    const what = name.toUpperCase()
    if (edge?.toUpperCase() === 'BEGIN') {
      if (!block && wanted.test(what)) block = { name: what, lines: [] }
      inside.push(what)
    }
    if (block && (block.name === 'VTIMEZONE' || (edge ? what === block.name : isTold(line, inside, block))))
      block.lines.push(line)
    if (edge?.toUpperCase() !== 'END') continue
    inside.pop()
    if (block && what === block.name) {
      yield block
      block = null
    }
  }
}

/** An alarm in an entry has a duration of its own. */
const isTold = (line: string, inside: readonly string[], block: Block): boolean =>
  inside.at(-1) === block.name && told.test(line)

/** Long lines are folded: what begins with a space or a tab goes on from the line before. */
function* linesOf(text: string): Generator<string> {
  let line = ''
  for (const each of text.split(/\r\n|\n|\r/)) {
    if (each.startsWith(' ') || each.startsWith('\t')) {
      line += each.slice(1)
      continue
    }
    if (line) yield line
    line = each
  }
  if (line) yield line
}
