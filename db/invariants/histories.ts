import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import { isSealed } from '@/server/core/crypto'
import { definitionOf } from '@/server/core/events'
import { aggregateOf, allAggregates, type Folded, type FoldRow, fold, nothing } from '@/server/core/fold'
import type { Standing } from '@/server/core/projection'
import type { Look } from './look'

type Event = FoldRow & { tenant_id: string; epoch: number; xid: string; pos: string }
type Db = Look['db']
export type Standings = Map<string, Standing>

export const keyOf = (s: { tenantId: string; type: string; id: string }): string =>
  `${s.type} ${s.id} of ${s.tenantId}`

/** Every aggregate's events are all there, in order, and fold to what its rows say. */
export async function checkHistories({ db }: Look): Promise<{ problems: string[]; standings: Standings }> {
  const problems: string[] = []
  const standings: Standings = new Map()
  const broken = new Set<string>()
  const snapshots = await snapshotsOf(db)
  for (const [key, { version, state }] of snapshots) standings.set(key, { ...partsOf(key), version, state })
  for await (const events of histories(db)) {
    const [first] = events as [Event]
    const parts = { tenantId: first.tenant_id, type: first.aggregate_type, id: first.aggregate_id }
    const key = keyOf(parts)
    const start = snapshots.get(key) ?? nothing
    const wrong = [...holes(key, events, start.version), ...disorder(key, events), ...laidOpen(events)]
    problems.push(...wrong)
    if (holes(key, events, start.version).length > 0) {
      broken.add(key)
      standings.set(key, { ...parts, version: events.at(-1)?.version ?? 0, state: null })
      continue
    }
    try {
      standings.set(key, { ...parts, ...fold(events, start) })
    } catch (error) {
      broken.add(key)
      problems.push(`${key} does not fold: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  problems.push(...(await checkHeads(db, standings)), ...(await checkRows(db, standings, broken)))
  return { problems, standings }
}

const partsOf = (key: string) => {
  const [type = '', id = '', , tenantId = ''] = key.split(' ')
  return { type, id, tenantId }
}

async function snapshotsOf(db: Db): Promise<Map<string, Folded>> {
  const rows = await db.execute<{ tenantId: string; type: string; id: string } & Folded>(
    sql`select tenant_id as "tenantId", type, id, version, state from snapshot`,
  )
  return new Map(rows.map((row) => [keyOf(row), { version: row.version, state: row.state }]))
}

const page = 5000

/** One aggregate's events at a time, however many there are in all. */
async function* histories(db: Db): AsyncGenerator<Event[]> {
  let after = sql`true`
  let own: Event[] = []
  for (;;) {
    const rows = await db.execute<Event>(sql`
      select tenant_id, aggregate_type, aggregate_id, version, id, type, data, epoch, xid::text as xid, pos::text as pos
      from event_log where ${after} order by tenant_id, aggregate_type, aggregate_id, version, pos limit ${page}`)
    for (const row of rows) {
      const [first] = own
      if (
        first &&
        (first.aggregate_id !== row.aggregate_id ||
          first.aggregate_type !== row.aggregate_type ||
          first.tenant_id !== row.tenant_id)
      ) {
        yield own
        own = []
      }
      own.push(row)
    }
    const last = rows.at(-1)
    if (!last || rows.length < page) break
    after = sql`(tenant_id, aggregate_type, aggregate_id, version, pos) >
      (${last.tenant_id}::uuid, ${last.aggregate_type}, ${last.aggregate_id}::uuid, ${last.version}, ${last.pos}::bigint)`
  }
  if (own.length > 0) yield own
}

/** 1..n without gaps; where a snapshot stands for the beginning, from there on. */
function holes(key: string, events: readonly Event[], from: number): string[] {
  const problems: string[] = []
  let expected = from + 1
  for (const { version, id, type } of events) {
    if (version <= from && expected === from + 1) continue
    if (version < expected) problems.push(`${key} has version ${version} twice: again in ${type} ${id}`)
    else if (version > expected)
      problems.push(
        `${key} has no event for version ${expected}${version - expected > 1 ? ` to ${version - 1}` : ''}: the next is ${type} ${id}`,
      )
    expected = Math.max(expected, version + 1)
  }
  const [first] = events
  const definition = first && definitionOf(first.type)
  if (first?.version === 1 && definition && !definition.birth && hasBirth(definition.aggregate))
    problems.push(`${key} begins with ${first.type} ${first.id}, which is no beginning`)
  return problems
}

const hasBirth = (aggregate: string): boolean =>
  Object.keys(aggregateOf(aggregate)?.evolve ?? {}).some((type) => definitionOf(type)?.birth)

/** Readers go by position: an aggregate's events must lie there as their versions say. */
function disorder(key: string, events: readonly Event[]): string[] {
  const problems: string[] = []
  let before: Event | undefined
  for (const event of events) {
    if (before && isBefore(event, before))
      problems.push(
        `${key}: readers meet version ${event.version} (${event.id}) before version ${before.version} (${before.id})`,
      )
    before = event
  }
  return problems
}

function isBefore(a: Event, b: Event): boolean {
  if (a.epoch !== b.epoch) return a.epoch < b.epoch
  if (a.xid !== b.xid) return BigInt(a.xid) < BigInt(b.xid)
  return BigInt(a.pos) < BigInt(b.pos)
}

/** What is private never stands in the log as it is. */
const laidOpen = (events: readonly Event[]): string[] =>
  events.flatMap(({ type, id, data }) =>
    (definitionOf(type)?.private ?? [])
      .filter((name) => data[name] !== null && data[name] !== undefined && !isSealed(data[name]))
      .map((name) => `${type} ${id} says its private field ${name} in the clear`),
  )

async function checkHeads(db: Db, standings: Standings): Promise<string[]> {
  const heads = await db.execute<{ tenantId: string; type: string; id: string; version: number }>(
    sql`select tenant_id as "tenantId", type, id, version from aggregate_head`,
  )
  const problems: string[] = []
  const headless = new Set(standings.keys())
  for (const head of heads) {
    const key = keyOf(head)
    headless.delete(key)
    const said = standings.get(key)?.version ?? 0
    if (said !== head.version)
      problems.push(`${key} should be at version ${head.version}, by its head; its events end with ${said}`)
  }
  return [...problems, ...[...headless].map((key) => `${key} has events and no head`)]
}

/** Rows are folds: no row without events, no state without a row, and both say the same. */
async function checkRows(db: Db, standings: Standings, broken: ReadonlySet<string>): Promise<string[]> {
  const problems: string[] = []
  for (const aggregate of allAggregates()) {
    if (!aggregate.rows) continue
    const missing = new Map([...standings].filter(([, s]) => s.type === aggregate.type && s.state !== null))
    for (const { tenantId, id, state: kept } of await aggregate.rows(db)) {
      const key = keyOf({ tenantId, type: aggregate.type, id })
      missing.delete(key)
      if (broken.has(key)) continue
      const folded = standings.get(key)?.state ?? null
      if (folded === null) problems.push(`${key} has a row, and no event ever made it`)
      else problems.push(...differences(key, ...aggregate.align(folded, kept)))
    }
    problems.push(
      ...[...missing.keys()].map((key) => `${key} has no row, though its events say that it exists`),
    )
  }
  return problems
}

function differences(key: string, folded: unknown, kept: unknown): string[] {
  if (isDeepStrictEqual(folded, kept)) return []
  const [said, has] = [folded, kept].map((state) => (state ?? {}) as Record<string, unknown>) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ]
  const fields = [...new Set([...Object.keys(said), ...Object.keys(has)])].filter(
    (f) => !isDeepStrictEqual(said[f], has[f]),
  )
  return fields.map((f) => `${key}: its events say ${f} is ${tell(said[f])}, its row says ${tell(has[f])}`)
}

const tell = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 400)

/** The log as a whole: one id an event, and nothing where no partition was made for it. */
export async function checkLog({ db }: Look): Promise<string[]> {
  const twice = await db.execute<{ id: string; n: number }>(
    sql`select id, count(*)::int as n from event_log group by id having count(*) > 1 limit 20`,
  )
  const strays = await db.execute<{ handler: string; event: string }>(sql`
    select h.handler, h.event_id as event from handled h
    where h.handled_at > now() - interval '30 days' and not exists (select 1 from event_log e where e.id = h.event_id) limit 20`)
  return [
    ...twice.map((e) => `event ${e.id} is in the log ${e.n} times`),
    ...strays.map((s) => `handler ${s.handler} handled event ${s.event}, which the log does not have`),
  ]
}
