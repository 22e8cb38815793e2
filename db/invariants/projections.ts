import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import { projections } from '@/jobs/projector'
import type { Projection, Standing } from '@/server/core/projection'
import { keyOf, type Standings } from './histories'
import type { Look } from './look'

/** A projection says what making it anew would say; with `drained`, of everything that happened. */
export async function checkProjections(
  { db }: Look,
  standings: Standings,
  drained: boolean,
): Promise<string[]> {
  const problems: string[] = []
  for (const projection of projections) {
    const [row] = await db.execute<{ live: number }>(
      sql`select live from projection where name = ${projection.name}`,
    )
    if (!row?.live) continue
    const seen = await db.execute<Standing>(sql`
      select tenant_id as "tenantId", type, id, version, state from projection_state
      where projection = ${projection.name} and generation = ${row.live}`)
    problems.push(...behind(projection, seen, standings, drained))
    const expected = projection.expected([...seen])
    const actual = await projection.actual(db, row.live)
    problems.push(...unlike(projection.name, expected, actual))
  }
  return problems
}

function behind(
  projection: Projection,
  seen: readonly Standing[],
  standings: Standings,
  drained: boolean,
): string[] {
  const known = new Map(seen.map((s) => [keyOf(s), s]))
  const own = [...standings].filter(([, s]) => projection.of.includes(s.type))
  return own.flatMap(([key, now]) => {
    const then = known.get(key)
    if (drained && then?.version !== now.version)
      return [
        `projection ${projection.name} saw ${key} up to version ${then?.version ?? 0}, and it is at ${now.version}`,
      ]
    if (then?.version === now.version && !isDeepStrictEqual(then.state, now.state))
      return [`projection ${projection.name} remembers ${key} otherwise than its events fold`]
    return []
  })
}

function unlike(name: string, expected: readonly unknown[], actual: readonly unknown[]): string[] {
  const [should, has] = [new Set(expected.map(text)), new Set(actual.map(text))]
  const lacking = [...should].filter((row) => !has.has(row))
  const left = [...has].filter((row) => !should.has(row))
  return [
    ...lacking.map((row) => `projection ${name} lacks a row that a rebuild would make: ${row}`),
    ...left.map((row) => `projection ${name} has a row that a rebuild would not make: ${row}`),
  ]
}

/** The database keeps the fields of an object in an order of its own. */
const text = (row: unknown): string =>
  JSON.stringify(row, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)))
      : value,
  )
