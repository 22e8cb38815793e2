import { type SQL, sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { beginning, type Cursor, type LogRow, readLog } from '@/server/core/log'

export const ofType = (type: string | undefined): SQL =>
  type ? sql`(type = ${type} or starts_with(type, ${`${type}.`}))` : sql`true`

/** Where the last `n` events begin, for whoever wants to see how it came to this. */
export async function beforeLast(n: number, where: SQL): Promise<Cursor> {
  const [row] = await relayDb().execute<{ epoch: number; xid: string; pos: string; at: string }>(sql`
    select epoch, xid::text as xid, pos::text as pos,
           to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from event_log where ${where} order by event_log.epoch desc, event_log.xid desc, event_log.pos desc offset ${n} limit 1`)
  return row ? { epoch: row.epoch, xid: row.xid, pos: row.pos, recordedAt: row.at } : beginning
}

/** What an id stands for: one event, all that belongs to one click, or the life of one aggregate. */
export async function eventsAbout(id: string, limit: number): Promise<LogRow[]> {
  const heads = await relayDb().execute<{ tenant_id: string; type: string }>(
    sql`select tenant_id, type from aggregate_head where id = ${id}`,
  )
  const lives = heads.map(
    (head) => sql`(tenant_id = ${head.tenant_id} and aggregate_type = ${head.type} and aggregate_id = ${id})`,
  )
  const any = sql.join([sql`id = ${id}`, sql`correlation_id = ${id}`, ...lives], sql` or `)
  return readLog(relayDb(), beginning, limit, sql`(${any})`)
}
