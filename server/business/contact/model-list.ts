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
  ['phone', /phone|mobile|handy|mobil|telefon|^tel\b|cell/],
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
  const guessed = head ? named : first.map((cell) => kindOfCell(unshielded(cell)))
  const seen = new Set<ColumnKind>()
  const columns = guessed.map((kind) => {
    if (seen.has(kind)) return 'skip'
    if (kind !== 'skip') seen.add(kind)
    return kind
  })
  return { head, columns }
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

/** Whom the lines name, and which of them cannot be taken over. The first of two with one address counts. */
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
      name: of('name') || `${of('firstName')} ${of('lastName')}`.trim(),
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
    const problem = !person.email
      ? null
      : known.has(person.email)
        ? 'known'
        : seen.has(person.email)
          ? 'twice'
          : null
    if (person.email) seen.add(person.email)
    return { ...entry, person: problem ? null : person, problem }
  })
}
