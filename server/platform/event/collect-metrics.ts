import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { horizonAge, queueDepth, readerLag, registry, strays } from '@/server/core/metrics'
import { strayEvents } from '@/server/core/retention'

import { within } from './readiness'

/** This process's own counts, and what the database knows for all of them: queues, cursors, the horizon. */
export async function collect(): Promise<{ contentType: string; text: string }> {
  try {
    await within(2000, measure())
  } catch {
    // The database is away: the process's own counts are still worth having.
  }
  return { contentType: registry.contentType, text: await registry.metrics() }
}

async function measure(): Promise<void> {
  const db = relayDb()
  const queues = await db.execute<{ name: string; state: string; n: number }>(
    sql`select name, state::text as state, count(*)::int as n from pgboss.job where state in ('created', 'retry', 'active', 'failed') group by 1, 2`,
  )
  queueDepth.reset()
  for (const q of queues) queueDepth.set({ queue: q.name, state: q.state }, q.n)
  const cursors = await db.execute<{ name: string; lag: number }>(sql`
    select c.name, coalesce((select extract(epoch from clock_timestamp() - min(e.recorded_at))::float8 from event_log e
      where (e.epoch, e.xid, e.pos) > (c.epoch, c.xid::xid8, c.pos) and e.recorded_at > c.recorded_at - interval '1 hour'), 0) as lag
    from log_cursor c`)
  for (const c of cursors) readerLag.set({ reader: c.name }, c.lag)
  const [horizon] = await db.execute<{ age: number }>(sql`
    select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 as age
    from pg_stat_activity where backend_xid is not null`)
  horizonAge.set(horizon?.age ?? 0)
  for (const [retention, n] of Object.entries(await strayEvents(db))) strays.set({ retention }, n)
}
