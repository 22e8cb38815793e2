import { sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { isSealed } from './crypto'
import { refuse } from './errors'
import { type Data, type EventDefinition, upcast } from './events'
import { type LogRow, UnreadableEvent } from './log'

type Payload = Record<string, unknown>

/** What the log says of one aggregate after its event number `version`. */
export type Folded<S = unknown> = { version: number; state: S | null }
/** The same as its rows say it. */
export type Kept<S = unknown> = { tenantId: string; id: string; state: S }
export type Named = { tenantId: string; id: string }

type EventsOf<M> = Extract<M[keyof M], { readonly type: string; readonly aggregate: string }>
// A method, so that a step which needs the state before it may say so: only the first event meets null.
type Step<S, D> = { step(state: S | null, data: D): S }['step']
/** One step for every event of the aggregate: a new event without one does not build. */
export type Evolve<M, S> = { [E in EventsOf<M> as E['type']]: Step<S, Data<E>> }

export type Aggregate = {
  readonly type: string
  readonly evolve: Readonly<Record<string, Step<unknown, Payload>>>
  /** Its state as its rows tell it, of one or of all that may be seen; null where the log alone keeps it. */
  readonly rows: ((db: Db | Tx, only?: Named) => Promise<Kept[]>) | null
  /** Both sides without what only one of them can say. */
  readonly align: (folded: unknown, kept: unknown) => [unknown, unknown]
}

type Kind = { readonly type: string; readonly aggregate: string }

/** One a process, as with event types. */
const shared = globalThis as { __slotwise_aggregates?: Map<string, Aggregate> }
shared.__slotwise_aggregates ??= new Map()
const registry = shared.__slotwise_aggregates

export const aggregateOf = (type: string): Aggregate | undefined => registry.get(type)
export const allAggregates = (): Aggregate[] =>
  [...registry.values()].sort((a, b) => a.type.localeCompare(b.type))

export function defineAggregate<M extends Record<string, unknown>, S, K = S>(options: {
  /** All that its `events.ts` exports. */
  events: M
  evolve: Evolve<M, S>
  rows: ((db: Db | Tx, only?: Named) => Promise<Kept<K>[]>) | null
  align?: (folded: S, kept: K) => [unknown, unknown]
}): Aggregate {
  const types = new Set(
    Object.values(options.events)
      .filter(isKind)
      .map((e) => e.aggregate),
  )
  const [type, ...others] = types
  if (!type || others.length > 0)
    throw new Error(`events of one aggregate were expected: ${[...types].join(', ')}`)
  const aggregate: Aggregate = {
    type,
    evolve: options.evolve as unknown as Aggregate['evolve'],
    rows: options.rows,
    align: (options.align as unknown as Aggregate['align'] | undefined) ?? ((folded, kept) => [folded, kept]),
  }
  registry.set(type, aggregate)
  return aggregate
}

const isKind = (value: unknown): value is Kind =>
  (typeof value === 'function' || typeof value === 'object') && value !== null && 'aggregate' in value

/** The log of an aggregate has a hole, or says something twice. */
export class BrokenHistory extends Error {}

export type FoldRow = Pick<LogRow, 'id' | 'type' | 'aggregate_type' | 'aggregate_id' | 'version' | 'data'>

export const nothing: Folded = { version: 0, state: null }

/**
 * Goes through an aggregate's events in order, from a snapshot where there is one. A verb brings its own noun's steps:
 * it may run where not every aggregate was loaded.
 */
export function fold(
  rows: readonly FoldRow[],
  start: Folded = nothing,
  evolve?: Readonly<Record<string, unknown>>,
): Folded {
  let { version, state } = start
  for (const row of rows) {
    if (row.version <= start.version) continue
    if (row.version !== version + 1)
      throw new BrokenHistory(
        `${row.aggregate_type} ${row.aggregate_id}: after version ${version} comes ${row.version} (event ${row.id})`,
      )
    version = row.version
    state = evolved(row, state, evolve as Aggregate['evolve'] | undefined)
  }
  return { version, state }
}

/** A type that this build does not know changes nothing that it knows. */
function evolved(row: FoldRow, state: unknown, own?: Aggregate['evolve']): unknown {
  const lifted = upcast(row.type, withoutPersons(row.data))
  const step = lifted && (own ?? registry.get(row.aggregate_type)?.evolve)?.[lifted.definition.type]
  if (!lifted || !step) return state
  return step(state, readable(lifted.definition, lifted.data, row))
}

function readable(definition: EventDefinition, data: Payload, row: FoldRow): Payload {
  const parsed = definition.readSchema.safeParse(data)
  if (parsed.success) return parsed.data
  throw new UnreadableEvent(`${row.type} ${row.id} does not match its schema: ${parsed.error.message}`)
}

/** Folds never see personal fields, so that erasing a person changes none. */
const withoutPersons = (data: Payload): Payload =>
  Object.values(data).some(isSealed)
    ? Object.fromEntries(Object.entries(data).map(([name, value]) => [name, isSealed(value) ? null : value]))
    : data

export type Snapshot = Folded & { takenAt: string }

const utc = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`)

/** The state as it was with the last event that is no longer kept; `takenAt` is that event's time. */
export async function snapshotOf(
  db: Db | Tx,
  tenantId: string,
  type: string,
  id: string,
): Promise<Snapshot | null> {
  const [row] = await db.execute<{ version: number; state: unknown; taken_at: string }>(sql`
    select version, state, ${utc('taken_at')} as taken_at from snapshot
    where tenant_id = ${tenantId} and type = ${type} and id = ${id}`)
  return row ? { version: row.version, state: row.state, takenAt: row.taken_at } : null
}

/** Everything the log says of an aggregate until now. */
export const currentState = (db: Db | Tx, tenantId: string, type: string, id: string): Promise<Folded> =>
  stateAt(db, tenantId, type, id, 'infinity')

/** What was true at an instant. Refuses where the log no longer reaches. */
export async function stateAt(
  db: Db | Tx,
  tenantId: string,
  type: string,
  id: string,
  time: Date | string,
): Promise<Folded> {
  const at = typeof time === 'string' ? time : time.toISOString()
  const start = await snapshotOf(db, tenantId, type, id)
  if (start && at !== 'infinity' && Date.parse(at) < Date.parse(start.takenAt))
    refuse('not_found', 'past_retention', { keptFrom: start.takenAt })
  const from = start?.version ?? 0
  const rows = await db.execute<FoldRow>(sql`
    select id, type, aggregate_type, aggregate_id, version, data from event_log
    where tenant_id = ${tenantId} and aggregate_type = ${type} and aggregate_id = ${id} and version > ${from}
      and version < coalesce((
        select min(version) from event_log
        where tenant_id = ${tenantId} and aggregate_type = ${type} and aggregate_id = ${id} and version > ${from}
          and recorded_at > ${at}::timestamptz), 2147483647)
    order by version`)
  return fold([...rows], start ?? nothing)
}
