import { sql } from 'drizzle-orm'
import { takingStatuses } from '@/server/booking/appointment/model'
import { type Look, short } from './look'

const taking = sql.param([...takingStatuses])

/** Seats are counted again from the bookings and holds themselves, and whoever has one is where it is. */
export async function checkSeats({ db }: Look): Promise<string[]> {
  return [...(await counted(db)), ...(await astray(db))]
}

async function astray(db: Look['db']): Promise<string[]> {
  const rows = await db.execute<{ id: string; slot: string; from: Date; at: Date }>(sql`
    select a.id, s.id as slot, a.starts_at as from, s.starts_at as at
    from appointment a join slot s on s.tenant_id = a.tenant_id and s.id = a.slot_id
    where a.status = any(${taking}::text[]) and s.status <> 'deleted'
      and (a.starts_at <> s.starts_at or a.ends_at <> s.ends_at)
    limit 20`)
  return rows.map(
    (r) => `appointment ${r.id} is at ${short(r.from)}; its seat is in slot ${r.slot}, at ${short(r.at)}`,
  )
}

async function counted(db: Look['db']): Promise<string[]> {
  const rows = await db.execute<{
    id: string
    capacity: number
    taken: number
    counted: number
    status: string
  }>(sql`
    select s.id, s.capacity, s.taken, s.status, coalesce(c.seats, 0)::int as counted
    from slot s
    left join (
      select tenant_id, slot_id, sum(seats) as seats from (
        select tenant_id, slot_id, seats from appointment where slot_id is not null and status = any(${taking}::text[])
        union all select tenant_id, slot_id, seats from hold where slot_id is not null and status = 'active') t
      group by tenant_id, slot_id) c on c.tenant_id = s.tenant_id and c.slot_id = s.id
    where s.taken > s.capacity or coalesce(c.seats, 0) > s.capacity or s.taken <> coalesce(c.seats, 0)
       or s.taken < 0 or (s.status = 'deleted' and s.origin = 'implied' and s.taken > 0)
    limit 20`)
  return rows.map((s) =>
    s.counted > s.capacity
      ? `slot ${s.id} is oversold: ${s.counted} seats are booked or held, it has ${s.capacity}`
      : `slot ${s.id} (${s.status}) says ${s.taken} of ${s.capacity} seats are taken; its bookings and holds take ${s.counted}`,
  )
}
