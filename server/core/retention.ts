import { sql } from 'drizzle-orm'
import { type Db, relayDb, type Tx } from '@/db/client'
import { type Folded, type FoldRow, fold, nothing } from './fold'

/** A partition whose whole period is older than its class keeps. */
export type Expired = { leaf: string; retention: string; upperBound: string }

const utc = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`)

export async function makePartitions(now: Date): Promise<number> {
  return briefly(async (tx) => {
    const [row] = await tx.execute<{ made: number }>(
      sql`select log_make_partitions(${now.toISOString()}::timestamptz) as made`,
    )
    return row?.made ?? 0
  })
}

/** Oldest first: what is folded into a snapshot is whole only if everything before it was. */
export async function expiredPartitions(now: Date): Promise<Expired[]> {
  const rows = await relayDb().execute<Expired>(sql`
    select leaf, split_part(leaf, '_', 3) as retention, ${utc('upper_bound')} as "upperBound"
    from log_expired_partitions(${now.toISOString()}::timestamptz) order by upper_bound, leaf`)
  return [...rows]
}

/** Readers that have not yet seen everything in a partition. */
export async function readersOf({ retention, upperBound }: Expired): Promise<string[]> {
  const rows = await relayDb().execute<{ name: string }>(sql`
    select c.name from log_cursor c
    where exists (select 1 from event_log e where e.retention = ${retention} and e.recorded_at < ${upperBound}::timestamptz
      and (e.epoch, e.xid, e.pos) > (c.epoch, c.xid::xid8, c.pos))
    order by 1`)
  return rows.map((row) => row.name)
}

export const dropPartition = ({ leaf }: Expired, now: Date): Promise<unknown> =>
  briefly((tx) => tx.execute(sql`select log_drop_partition(${leaf}, ${now.toISOString()}::timestamptz)`))

/** Partitions come and go under a lock that every writer would queue behind: give up soon, and try again later. */
const briefly = <T>(run: (tx: Tx) => Promise<T>): Promise<T> =>
  relayDb().transaction(async (tx) => {
    await tx.execute(sql`set local lock_timeout = '300ms'`)
    return run(tx)
  })

type Due = { tenant: string; type: string; id: string; last: number; events: number }

const aggregatesAtOnce = 500
const eventsAtOnce = 10_000

/** Writes down the state of every aggregate as it was with its last event in this partition. Returns how many it wrote. */
export async function takeSnapshots(expired: Expired, signal: AbortSignal): Promise<number> {
  const nil = '00000000-0000-0000-0000-000000000000'
  let at = { tenant: nil, type: '', id: nil }
  let written = 0
  for (;;) {
    signal.throwIfAborted()
    const due = await relayDb().execute<Due>(sql`
      select tenant_id as tenant, aggregate_type as type, aggregate_id as id, max(version) as last, count(*)::int as events
      from event_log where retention = ${expired.retention} and recorded_at < ${expired.upperBound}::timestamptz
        and (tenant_id, aggregate_type, aggregate_id) > (${at.tenant}::uuid, ${at.type}, ${at.id}::uuid)
      group by 1, 2, 3 order by 1, 2, 3 limit ${aggregatesAtOnce}`)
    const now = few(due)
    const end = now.at(-1)
    if (!end) return written
    written += await relayDb().transaction((tx) => snapshot(tx, now))
    at = end
  }
}

function few(due: readonly Due[]): Due[] {
  let events = 0
  return due.filter((one, index) => {
    events += one.events
    return index === 0 || events <= eventsAtOnce
  })
}

async function snapshot(tx: Tx, due: readonly Due[]): Promise<number> {
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(due)}::text::jsonb) as w(tenant uuid, type text, id uuid, last int)`
  const before = await tx.execute<{ id: string; type: string } & Folded>(sql`
    select s.id, s.type, s.version, s.state from ${wanted}
    join snapshot s on s.tenant_id = w.tenant and s.type = w.type and s.id = w.id`)
  const rows = await tx.execute<FoldRow & { at: string }>(sql`
    select e.id, e.type, e.aggregate_type, e.aggregate_id, e.version, e.data, ${utc('e.recorded_at')} as at
    from ${wanted}
    left join snapshot s on s.tenant_id = w.tenant and s.type = w.type and s.id = w.id
    join event_log e on e.tenant_id = w.tenant and e.aggregate_type = w.type and e.aggregate_id = w.id
      and e.version > coalesce(s.version, 0) and e.version <= w.last
    order by e.aggregate_type, e.aggregate_id, e.version`)
  const starts = new Map(before.map(({ id, type, version, state }) => [`${type} ${id}`, { version, state }]))
  const histories = Map.groupBy(rows, (row) => `${row.aggregate_type} ${row.aggregate_id}`)
  const taken = due.flatMap(({ tenant, type, id }) => {
    const events = histories.get(`${type} ${id}`)
    if (!events) return []
    const folded = fold(events, starts.get(`${type} ${id}`) ?? nothing)
    return [{ tenant, type, id, ...folded, at: events.at(-1)?.at }]
  })
  await tx.execute(sql`
    insert into snapshot as s (tenant_id, type, id, version, state, taken_at)
    select tenant, type, id, version, coalesce(state, 'null'), at
    from jsonb_to_recordset(${JSON.stringify(taken)}::text::jsonb) as t(tenant uuid, type text, id uuid, version int, state jsonb, at timestamptz)
    on conflict (tenant_id, type, id) do update set version = excluded.version, state = excluded.state, taken_at = excluded.taken_at
      where s.version < excluded.version`)
  return taken.length
}

const mostStrays = 1000

/** Events that no partition was made for: they lie in the DEFAULT of their class, where nothing ever expires. */
export async function strayEvents(db: Db | Tx): Promise<Record<string, number>> {
  const sizes = await db.execute<{ retention: string; bytes: string }>(sql`
    select c.retention, pg_relation_size(format('event_log_%s_default', c.retention)::regclass)::text as bytes
    from (values ('y1'), ('y3'), ('y7')) c(retention)`)
  const found: Record<string, number> = {}
  for (const { retention, bytes } of sizes) {
    found[retention] = 0
    if (bytes === '0') continue
    const [row] = await db.execute<{ n: number }>(sql`
      select count(*)::int as n from (select 1 from event_log
        where retention = ${retention} and tableoid = format('event_log_%s_default', ${retention}::text)::regclass limit ${mostStrays}) s`)
    found[retention] = row?.n ?? 0
  }
  return found
}
