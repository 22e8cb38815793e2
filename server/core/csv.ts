/** Tables as text: comma, semicolon or tab, quoted or not, with any line ends (RFC 4180 and what programs make of it). */

const separators = [',', ';', '\t'] as const

/** The separator that the first line has most of. */
function separatorOf(text: string): string {
  const [first = ''] = text.split(/\r\n?|\n/, 1)
  const bare = first.replace(/"[^"]*"/g, '')
  const counted = separators.map((s) => ({ s, n: bare.split(s).length }))
  return counted.sort((a, b) => b.n - a.n)[0]?.s ?? ','
}

/** What spreadsheets write before all else, so that they read it again themselves. */
const saidSeparator = /^\ufeff?sep=(.)[ \t]*(?:\r\n?|\n|$)/i

/** Rows of cells. Lines in which nothing stands are left out; what is not closed ends with the text. */
export function parseCsv(whole: string): string[][] {
  const said = saidSeparator.exec(whole)
  const text = said ? whole.slice(said[0].length) : whole
  const separator = said?.[1] ?? separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((value) => value.trim() !== '')) rows.push(row)
    row = []
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string
    if (quoted) {
      if (c !== '"') cell += c
      else if (text[i + 1] === '"') cell += text[++i]
      else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === separator) endCell()
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++
      endRow()
    } else cell += c
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** Where a spreadsheet would calculate instead of showing. */
const formula = /^[=+\-@\t\r]/
const shielded = /^'(?=[=+\-@\t\r])/

const written = (value: string): string => {
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** As spreadsheets take it: every cell is words, none is a formula. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')

/** A cell as it was before it was made safe for spreadsheets. */
export const unshielded = (cell: string): string => cell.trim().replace(shielded, '')

/** UTF-8 where it is, else what programs on Windows write. */
export function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'windows-1252').decode(bytes)
  }
}
