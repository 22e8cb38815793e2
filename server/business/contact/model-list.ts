import { unshielded } from '@/server/core/csv'
import { email, line, phone, prose } from '@/server/core/fields'
import { longestNote, type PersonFields } from './model'

/** Lists of people that come from elsewhere: which column says what, and what is wrong with whom. */

export const columnKinds = ['name', 'firstName', 'lastName', 'email', 'phone', 'note', 'skip'] as const
export type ColumnKind = (typeof columnKinds)[number]

export const mostLines = 2000
export const mostColumns = 40

const heads: [kind: ColumnKind, says: RegExp][] = [
  ['email', /e-?mail|^mail$|mailadresse|courriel|correo/],
  ['phone', /phone|handy|\bmobil|telefon|^tel\b|\bcell\b/],
  ['firstName', /first.?name|given|vorname|prénom|^first$/],
  ['lastName', /last.?name|surname|family.?name|nachname|familienname|^last$/],
  ['note', /note|notiz|comment|bemerkung|kommentar/],
  [
    'name',
    /^(full |client |customer )?name$|^kunde(nname)?$|^client$|^customer$|^contact$|^kontakt$|^person$/,
  ],
]

const kindOfHead = (cell: string): ColumnKind =>
  heads.find(([, says]) => says.test(cell.trim().toLowerCase()))?.[0] ?? 'skip'

const kindOfCell = (cell: string): ColumnKind => {
  if (email.safeParse(cell.trim()).success) return 'email'
  return phone.safeParse(cell.trim()).success ? 'phone' : 'name'
}

/** What the first line suggests: names of columns where it has some, else by what stands in it. Each but notes once. */
export function guessColumns(rows: readonly (readonly string[])[]): { head: boolean; columns: ColumnKind[] } {
  const first = rows[0] ?? []
  const named = first.map(kindOfHead)
  const head = named.some((kind) => kind !== 'skip')
  const guessed = head ? namesTold(first, named) : first.map((cell) => kindOfCell(unshielded(cell)))
  const seen = new Set<ColumnKind>()
  const columns = guessed.map((kind) => {
    if (seen.has(kind)) return 'skip'
    if (kind !== 'skip') seen.add(kind)
    return kind
  })
  return { head, columns }
}

/** Beside a first name a bare "Name" is the other one; without one, "Last" is something else, such as the last visit. */
function namesTold(cells: readonly string[], kinds: readonly ColumnKind[]): ColumnKind[] {
  const isBare = (at: number, head: string) => cells[at]?.trim().toLowerCase() === head
  const first = kinds.includes('firstName')
  const last = kinds.includes('lastName')
  return kinds.map((kind, at) => {
    if (first && !last && kind === 'name' && isBare(at, 'name')) return 'lastName'
    return !first && kind === 'lastName' && isBare(at, 'last') ? 'skip' : kind
  })
}

export type Problem = 'name' | 'email' | 'phone' | 'note' | 'known' | 'twice'
export type Judged = {
  /** In the file, from 1. */
  line: number
  said: { name: string; email: string; phone: string; note: string }
  /** Who would be added; null where there is a problem. */
  person: PersonFields | null
  problem: Problem | null
}

/** By what somebody is known again: an address, else what they are called with their number. */
export const signsOf = ({ name, email, phone }: PersonFields): string[] => {
  const digits = phone?.replace(/\D/g, '') ?? ''
  const called = `${name.trim().toLowerCase()} ${digits}`
  return email ? [email, ...(digits ? [called] : [])] : [called]
}

/** A name with what else is said of it: many lists have the family's in a column of its own that is called just so. */
function nameFrom(name: string, first: string, last: string): string {
  if (!name) return `${first} ${last}`.trim()
  const isWhole = last !== '' || name.toLowerCase().includes(first.toLowerCase())
  return isWhole ? name : `${first} ${name}`
}

/** Whom the lines name, and which of them cannot be taken over. The first of two that are one counts. */
export function judgeList(
  rows: readonly (readonly string[])[],
  { head, columns }: { head: boolean; columns: readonly ColumnKind[] },
  known: ReadonlySet<string>,
): Judged[] {
  const seen = new Set<string>()
  return rows.slice(head ? 1 : 0).map((cells, index) => {
    const of = (kind: ColumnKind) =>
      columns
        .flatMap((k, i) => (k === kind ? [unshielded(cells[i] ?? '')] : []))
        .filter(Boolean)
        .join(' ')
    const said = {
      name: nameFrom(of('name'), of('firstName'), of('lastName')),
      email: of('email'),
      phone: of('phone'),
      note: of('note'),
    }
    const parsed = {
      name: line(120).safeParse(said.name),
      email: email.nullable().safeParse(said.email || null),
      phone: phone.nullable().safeParse(said.phone || null),
      note: prose(longestNote).safeParse(said.note),
    }
    const entry = { line: index + (head ? 2 : 1), said }
    const wrong = (Object.keys(parsed) as (keyof typeof parsed)[]).find((field) => !parsed[field].success)
    if (wrong) return { ...entry, person: null, problem: wrong }
    const person = {
      name: parsed.name.data ?? '',
      email: parsed.email.data ?? null,
      phone: parsed.phone.data ?? null,
    }
    const [sign = ''] = signsOf(person)
    const problem = known.has(sign) ? 'known' : seen.has(sign) ? 'twice' : null
    for (const each of signsOf(person)) seen.add(each)
    return { ...entry, person: problem ? null : person, problem }
  })
}
