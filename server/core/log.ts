import { type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { type DataKey, isSealed, newDataKey, sealField, unsealField, unwrapKey, wrapKey } from './crypto'
import { type NewEvent, type Position, type StoredEvent, upcast } from './events'
import { newId } from './id'
import { eventsAppended, unknownEvents } from './metrics'
import { allSettled, sent } from './pipeline'

/** What every event of one command shares. */
export type Provenance = {
  tenantId: string
  actorId: string
  correlationId: string
  causationId: string | null
  traceparent: string | null
  metadata?: Record<string, string>
}

export type Expectation = Record<string, number>

export type Appended = { topics: string[]; versions: Record<string, number> }

type Head = { type: string; id: string; expected: number | null; n: number }

/** Appends events of any number of aggregates in one statement: the first write of its transaction. */
export async function append(
  tx: Tx,
  provenance: Provenance,
  events: readonly NewEvent[],
  expected: Expectation = {},
): Promise<Appended> {
  if (events.length === 0) return { topics: [], versions: {} }
  const { keys, made } = await dataKeys(tx, provenance.tenantId, events)
  const heads = new Map<string, Head & { index: number }>()
  for (const { definition, aggregateId } of events) {
    const name = `${definition.aggregate} ${aggregateId}`
    const head = heads.get(name)
    if (head) head.n++
    else
      heads.set(name, {
        type: definition.aggregate,
        id: aggregateId,
        expected: definition.birth ? 0 : (expected[aggregateId] ?? null),
        n: 1,
        index: heads.size + 1,
      })
  }
  const seen = new Map<string, number>()
  const allTopics = new Set<string>()
  const rows = events.map(({ definition, aggregateId, data }, ord) => {
    const name = `${definition.aggregate} ${aggregateId}`
    const head = heads.get(name) as Head & { index: number }
    const nth = (seen.get(name) ?? 0) + 1
    seen.set(name, nth)
    const id = newId()
    const topics = definition.topics({ tenantId: provenance.tenantId, aggregateId, data })
    for (const topic of topics) allTopics.add(topic)
    const subject = definition.subject?.(data)
    const key = subject ? keys.get(subject) : undefined
    return {
      ord,
      head: head.index,
      back: head.n - nth,
      retention: definition.retention,
      id,
      type: definition.type,
      aggregate_type: definition.aggregate,
      aggregate_id: aggregateId,
      correlation_id: provenance.correlationId,
      causation_id: provenance.causationId,
      actor_id: provenance.actorId,
      traceparent: provenance.traceparent,
      metadata: provenance.metadata ?? {},
      topics,
      data: key === undefined ? data : sealed(definition.private, data, key, id),
    }
  })
  const headList = [...heads.values()].map(({ index: _, ...head }) => head)
  const appended = sent(
    tx.execute<{ versions: number[] }>(
      sql`select append_events(${provenance.tenantId}, ${JSON.stringify(headList)}::text::jsonb, ${JSON.stringify(rows)}::text::jsonb) as versions`,
    ),
  )
  const [[row]] = await allSettled([appended, ...made])
  for (const { definition } of events) eventsAppended.inc({ type: definition.type })
  const versions = Object.fromEntries(headList.map((h, i) => [h.id, (row?.versions[i] as number) ?? 0]))
  return { topics: [...allTopics], versions }
}

/** Of an erased person nothing new is kept either. */
const sealed = (
  hidden: readonly string[],
  data: Record<string, unknown>,
  key: DataKey | null,
  eventId: string,
) =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) =>
      hidden.includes(name) && value !== null && value !== undefined
        ? [name, key && sealField(value, key, `${eventId}.${name}`)]
        : [name, value],
    ),
  )

type Keys = { keys: Map<string, DataKey | null>; made: Promise<unknown>[] }

/** The data keys of the people these events are about: made on their first fact, null once they were erased. */
async function dataKeys(tx: Tx, tenantId: string, events: readonly NewEvent[]): Promise<Keys> {
  const subjects = new Set<string>()
  for (const { definition, data } of events) {
    const says = definition.private.some((name) => data[name] !== null && data[name] !== undefined)
    if (says && definition.subject) subjects.add(definition.subject(data))
  }
  const keys: Keys['keys'] = new Map()
  for (const subject of subjects) {
    const found = await keptKey(tx, subject)
    if (found !== undefined) keys.set(subject, found)
  }
  const made: Keys['made'] = []
  for (const subject of subjects) {
    if (keys.has(subject)) continue
    const { key, kept } = makeKey(tx, tenantId, subject)
    keys.set(subject, key)
    made.push(kept)
  }
  return { keys, made }
}

/** The key under which everything personal about somebody is sealed; null once they were erased. */
export async function subjectKey(tx: Tx, tenantId: string, subject: string): Promise<DataKey | null> {
  const found = await keptKey(tx, subject)
  if (found !== undefined) return found
  const { key, kept } = makeKey(tx, tenantId, subject)
  await kept
  return key
}

async function keptKey(tx: Tx, subject: string): Promise<DataKey | null | undefined> {
  const [found] = await tx.execute<{ key_id: string; wrapped: Buffer | null }>(
    sql`select key_id, wrapped from subject_key where subject_id = ${subject}`,
  )
  return found && found.wrapped && { keyId: found.key_id, key: unwrapKey(found.wrapped, found.key_id) }
}

function makeKey(tx: Tx, tenantId: string, subject: string): { key: DataKey; kept: Promise<unknown> } {
  const key = { key: newDataKey(), keyId: newId() }
  const kept = sent(
    tx.execute(
      sql`insert into subject_key (subject_id, tenant_id, key_id, wrapped) values (${subject}, ${tenantId}, ${key.keyId}, ${wrapKey(key.key, key.keyId)})`,
    ),
  )
  return { key, kept }
}

export type LogRow = {
  epoch: number
  xid: string
  pos: string
  id: string
  type: string
  tenant_id: string
  aggregate_type: string
  aggregate_id: string
  version: number
  recorded_at: string
  correlation_id: string
  causation_id: string | null
  actor_id: string
  traceparent: string | null
  metadata: Record<string, string>
  topics: string[]
  data: Record<string, unknown>
}

const logColumns = sql`epoch, xid::text as xid, pos::text as pos, id, type, tenant_id, aggregate_type, aggregate_id, version,
  to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at,
  correlation_id, causation_id, actor_id, traceparent, metadata, topics, data`

export type Cursor = Position & { recordedAt: string }

export const beginning: Cursor = { epoch: 0, xid: '0', pos: '0', recordedAt: '1970-01-01T00:00:00Z' }

export const after = (row: LogRow): Cursor => ({
  epoch: row.epoch,
  xid: row.xid,
  pos: row.pos,
  recordedAt: row.recorded_at,
})

/**
 * The next rows every reader may see: those below the oldest running transaction, in order, so that none committed
 * later can come before them. Rows of an older epoch are settled whatever their xid says.
 */
export async function readLog(
  db: Db | Tx,
  cursor: Cursor,
  limit: number,
  where: SQL = sql`true`,
): Promise<LogRow[]> {
  const rows = await db.execute<LogRow>(sql`
    select ${logColumns} from event_log
    where (epoch, xid, pos) > (${cursor.epoch}, ${cursor.xid}::xid8, ${cursor.pos}::bigint)
      and (epoch < (select max(epoch) from log_epoch) or xid < pg_snapshot_xmin(pg_current_snapshot()))
      and recorded_at > ${cursor.recordedAt}::timestamptz - interval '1 hour'
      and ${where}
    order by event_log.epoch, event_log.xid, event_log.pos limit ${limit}`)
  return [...rows]
}

/** Where the log ends now, for a reader that wants only what comes. */
export async function endOfLog(db: Db | Tx): Promise<Cursor> {
  const [row] = await db.execute<{ epoch: number; xid: string; at: string }>(sql`
    select (select max(epoch) from log_epoch) as epoch,
           (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as xid,
           to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`)
  if (!row) throw new Error('the log has no epoch')
  return { epoch: row.epoch, xid: row.xid, pos: '9223372036854775807', recordedAt: row.at }
}

export async function readEvent(db: Db | Tx, id: string, recordedAt: string): Promise<LogRow | null> {
  const [row] = await db.execute<LogRow>(
    sql`select ${logColumns} from event_log where id = ${id} and recorded_at = ${recordedAt}::timestamptz`,
  )
  return row ?? null
}

/** Many at once, by id. Bounded by time like every read, by the earliest and the latest of them. */
export async function readEvents(
  db: Db | Tx,
  wanted: readonly { eventId: string; recordedAt: string }[],
): Promise<Map<string, LogRow>> {
  const ids = wanted.map(({ eventId }) => eventId)
  const times = wanted.map(({ recordedAt }) => recordedAt).sort()
  const rows = await db.execute<LogRow>(sql`
    select ${logColumns} from event_log
    where id = any(${sql.param(ids)}::uuid[])
      and recorded_at between ${times[0]}::timestamptz and ${times.at(-1)}::timestamptz`)
  return new Map(rows.map((row) => [row.id, row]))
}

export async function readAggregate(
  db: Db | Tx,
  tenantId: string,
  type: string,
  id: string,
  from = 0,
): Promise<LogRow[]> {
  const rows = await db.execute<LogRow>(sql`
    select ${logColumns} from event_log
    where tenant_id = ${tenantId} and aggregate_type = ${type} and aggregate_id = ${id} and version > ${from} order by version`)
  return [...rows]
}

export class UnreadableEvent extends Error {}

/** A row as readers see it: newest version, private fields opened. Null for a type this build does not know. */
export async function open(db: Db | Tx, row: LogRow): Promise<StoredEvent | null> {
  const opened = await unsealed(db, row)
  const lifted = upcast(row.type, opened)
  if (!lifted) {
    unknownEvents.inc({ type: row.type })
    return null
  }
  const parsed = lifted.definition.readSchema.safeParse(lifted.data)
  if (!parsed.success)
    throw new UnreadableEvent(`${row.type} ${row.id} does not match its schema: ${parsed.error.message}`)
  return {
    id: row.id,
    type: lifted.definition.type,
    source: lifted.definition.source,
    tenantId: row.tenant_id,
    aggregateType: row.aggregate_type,
    aggregateId: row.aggregate_id,
    version: row.version,
    time: row.recorded_at,
    recordedAt: row.recorded_at,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    actorId: row.actor_id,
    traceparent: row.traceparent,
    metadata: row.metadata,
    topics: row.topics,
    position: { epoch: row.epoch, xid: row.xid, pos: row.pos },
    data: parsed.data,
  }
}

async function unsealed(db: Db | Tx, row: LogRow): Promise<Record<string, unknown>> {
  const hidden = Object.entries(row.data).flatMap(([name, value]) =>
    isSealed(value) ? [{ name, value }] : [],
  )
  if (hidden.length === 0) return row.data
  const ids = [...new Set(hidden.map(({ value }) => value.keyId))]
  const found = await db.execute<{ key_id: string; wrapped: Buffer | null }>(
    sql`select key_id, wrapped from subject_key where key_id = any(${sql.param(ids)}::uuid[])`,
  )
  const keys = new Map(found.map((key) => [key.key_id, key.wrapped && unwrapKey(key.wrapped, key.key_id)]))
  const opened = { ...row.data }
  for (const { name, value } of hidden) {
    const key = keys.get(value.keyId)
    opened[name] = key ? unsealField(value, key, `${row.id}.${name}`) : null
  }
  return opened
}

/** The CloudEvents 1.0 form, for the edges: integers beyond 32 bits and maps are strings there. */
export const toCloudEvent = (event: StoredEvent, schemaBase: string) => ({
  specversion: '1.0',
  id: event.id,
  source: event.source,
  type: event.type,
  subject: event.aggregateId,
  time: event.time,
  datacontenttype: 'application/json',
  dataschema: `${schemaBase}/api/events/schemas/${event.type}`,
  tenantid: event.tenantId,
  sequence: String(event.version),
  correlationid: event.correlationId,
  ...(event.causationId ? { causationid: event.causationId } : {}),
  actorid: event.actorId,
  ...(event.traceparent ? { traceparent: event.traceparent } : {}),
  metadata: JSON.stringify(event.metadata),
  data: event.data,
})
