import { sql } from 'drizzle-orm'
import { takingStatuses } from '@/server/booking/appointment/model'
import { type Look, short } from './look'

const taking = sql.param([...takingStatuses])

/** Nobody is in two places, and whoever takes time is known to the calendar: looked at from both sides. */
export async function checkPlaces({ db }: Look): Promise<string[]> {
  const looks = [overlaps, clashes, unplaced, unowned, unoffered, buffers]
  const found = await Promise.all(looks.map((look) => look(db)))
  return found.flat()
}

type Db = Look['db']
type Span = { provider: string; kind: string; id: string; from: Date; to: Date; until: Date }

const twice = (what: string) => (s: Span) =>
  `provider ${s.provider} is in two places: ${s.kind} ${s.id} (${short(s.from)} to ${short(s.to)}) begins before ${what} has ended (${short(s.until)})`

/** Buffers included, and counted without the constraint's own operator. */
async function overlaps(db: Db): Promise<string[]> {
  const rows = await db.execute<Span>(sql`
    select * from (
      select provider_id as provider, kind, ref_id as id, busy_from as from, busy_to as to,
        max(busy_to) over (partition by tenant_id, provider_id order by busy_from, busy_to, id
                           rows between unbounded preceding and 1 preceding) as until
      from occupancy) o
    where o.from < o.until limit 20`)
  return rows.map(twice('the time that is taken before it, with its buffers,'))
}

/** The same from the appointments, holds and slots themselves, in case the calendar never heard of one. */
async function clashes(db: Db): Promise<string[]> {
  const rows = await db.execute<Span>(sql`
    select * from (
      select provider, kind, id, "from", "to", max("to") over (partition by tenant_id, provider order by "from", "to", id
                           rows between unbounded preceding and 1 preceding) as until
      from (
        select tenant_id, provider_id as provider, 'appointment' as kind, id, starts_at as "from", ends_at as "to"
          from appointment where slot_id is null and status = any(${taking}::text[])
        union all select tenant_id, provider_id, 'hold', id, starts_at, ends_at from hold where slot_id is null and status = 'active'
        union all select tenant_id, provider_id, 'slot', id, starts_at, ends_at from slot where status <> 'deleted'
      ) taking) t
    where t.from < t.until limit 20`)
  return rows.map(twice('what was given before'))
}

/** Everything that takes a stretch of time has it in the calendar, at the same time. */
async function unplaced(db: Db): Promise<string[]> {
  const rows = await db.execute<{ kind: string; id: string; places: number }>(sql`
    select t.kind, t.id, count(o.id)::int as places from (
      select tenant_id, 'appointment' as kind, id, starts_at, ends_at, null::timestamptz as expires_at
        from appointment where slot_id is null and status = any(${taking}::text[])
      union all select tenant_id, 'hold', id, starts_at, ends_at, expires_at from hold where slot_id is null and status = 'active'
      union all select tenant_id, 'slot', id, starts_at, ends_at, null from slot where status <> 'deleted') t
    left join occupancy o on o.tenant_id = t.tenant_id and o.ref_id = t.id and o.kind = t.kind
      and o.starts_at = t.starts_at and o.ends_at = t.ends_at and o.expires_at is not distinct from t.expires_at
    group by t.kind, t.id having count(o.id) <> 1 limit 20`)
  return rows.map(
    (r) =>
      `${r.kind} ${r.id} should have its time in the calendar once, and has it ${r.places} times (table occupancy)`,
  )
}

/** Time is taken for somebody who still needs it. */
async function unowned(db: Db): Promise<string[]> {
  const rows = await db.execute<{ id: string; kind: string; ref: string }>(sql`
    select o.id, o.kind, o.ref_id as ref from occupancy o
    where (o.kind = 'appointment' and not exists (select 1 from appointment a where a.tenant_id = o.tenant_id and a.id = o.ref_id
             and a.slot_id is null and a.status = any(${taking}::text[])))
       or (o.kind = 'hold' and not exists (select 1 from hold h where h.tenant_id = o.tenant_id and h.id = o.ref_id
             and h.slot_id is null and h.status = 'active'))
       or (o.kind = 'slot' and not exists (select 1 from slot s where s.tenant_id = o.tenant_id and s.id = o.ref_id and s.status <> 'deleted'))
    limit 20`)
  return rows.map((r) => `occupancy ${r.id} keeps time for ${r.kind} ${r.ref}, which takes none`)
}

/** What is kept for somebody of a waiting list is what they are offered. */
async function unoffered(db: Db): Promise<string[]> {
  const rows = await db.execute<{ id: string; holder: string }>(sql`
    select h.id, h.holder from hold h where h.status = 'active' and h.holder like 'waitlist:%'
      and not exists (select 1 from waitlist w where w.tenant_id = h.tenant_id and 'waitlist:' || w.id = h.holder
                        and w.status = 'offered' and w.offer->>'holdId' = h.id::text) limit 20`)
  return rows.map((r) => `hold ${r.id} keeps time for ${r.holder}, who is offered none of it`)
}

/** As the service asks for; where the service was changed since, nobody can say any more. */
async function buffers(db: Db): Promise<string[]> {
  const rows = await db.execute<{ id: string; kind: string; ref: string }>(sql`
    select o.id, o.kind, o.ref_id as ref from occupancy o
    join (select tenant_id, id, service_id from appointment union all select tenant_id, id, service_id from hold
          union all select tenant_id, id, service_id from slot) t on t.tenant_id = o.tenant_id and t.id = o.ref_id
    join service s on s.tenant_id = t.tenant_id and s.id = t.service_id
    join aggregate_head h on h.tenant_id = s.tenant_id and h.type = 'business.service' and h.id = s.id and h.version = 1
    where o.busy_from <> o.starts_at - make_interval(mins => s.buffer_before_minutes)
       or o.busy_to <> o.ends_at + make_interval(mins => s.buffer_after_minutes)
    limit 20`)
  return rows.map(
    (r) => `occupancy ${r.id} of ${r.kind} ${r.ref} has other buffers than its service asks for`,
  )
}
