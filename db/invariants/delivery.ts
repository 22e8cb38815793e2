import type postgres from 'postgres'
import type { Subscription } from '@/jobs/define'
import { projections } from '@/jobs/projector'
import { isSealed } from '@/server/core/crypto'
import { type StoredEvent, upcast } from '@/server/core/events'

type Missing = {
  id: string
  type: string
  handler: string
  version: number
  recorded_at: Date
  actor_id: string
  data: Record<string, unknown>
}

/** Every event reached every handler that subscribed, or was given up on and said so. Waits for what is under way. */
export async function delivered(
  owner: postgres.Sql,
  subscriptions: readonly Subscription[],
  withinMs: number,
): Promise<string[]> {
  const end = Date.now() + withinMs
  for (;;) {
    const missing = await undelivered(owner, subscriptions)
    if (missing.length === 0 && (Date.now() >= end || (await projected(owner)))) return []
    if (Date.now() >= end)
      return missing.map(
        (m) =>
          `handler ${m.handler} has not handled ${m.type} ${m.id}, recorded ${m.recorded_at.toISOString()}`,
      )
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function undelivered(owner: postgres.Sql, subscriptions: readonly Subscription[]): Promise<Missing[]> {
  const wanted = subscriptions.map((s) => ({ type: s.type, handler: s.handler.name }))
  const rows = await owner<Missing[]>`
    with wanted as (select * from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as w(type text, handler text)),
    reached as (select event_id, split_part(handler, '#', 1) as handler from handled
      union select (data->>'originalEventId')::uuid, data->>'handler' from event_log where type = 'platform.event.dead_lettered.v1')
    select e.id, e.type, e.version, e.recorded_at, e.actor_id, e.data, w.handler from event_log e join wanted w on w.type = e.type
    where not exists (select 1 from reached r where r.event_id = e.id and r.handler = w.handler)
    order by e.recorded_at`
  const now = Date.now()
  // All of them are looked at: timers that wait for their day would hide behind any limit what is late.
  return rows.filter((row) =>
    subscriptions.some(
      (s) =>
        s.type === row.type &&
        s.handler.name === row.handler &&
        (s.only?.(row.data) ?? true) &&
        isDue(s, row, now),
    ),
  )
}

/** Whether every projection in use has seen every aggregate that it is made of, to its newest event. */
async function projected(owner: postgres.Sql): Promise<boolean> {
  const of = projections.flatMap((p) => p.of.map((type) => ({ name: p.name, type })))
  const behind = await owner`
    select 1 from jsonb_to_recordset(${JSON.stringify(of)}::text::jsonb) as w(name text, type text)
    join projection p on p.name = w.name and p.live > 0
    join aggregate_head h on h.type = w.type
    left join projection_state s on s.projection = p.name and s.generation = p.live and s.tenant_id = h.tenant_id
      and s.type = h.type and s.id = h.id
    where coalesce(s.version, 0) < h.version limit 1`
  return behind.length === 0
}

/** A timer that waits for its instant is not late. */
function isDue({ at }: Subscription, row: Missing, now: number): boolean {
  if (!at) return true
  const open = Object.fromEntries(
    Object.entries(row.data).map(([name, value]) => [name, isSealed(value) ? null : value]),
  )
  const data = upcast(row.type, open)?.data ?? open
  const event = { ...row, data, actorId: row.actor_id, time: row.recorded_at.toISOString() }
  return Date.parse(at(event as unknown as StoredEvent)) <= now
}
