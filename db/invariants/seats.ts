import { sql } from 'drizzle-orm'
import { takingStatuses } from '@/server/booking/appointment/model'
import type { Look } from './look'

const taking = sql.param([...takingStatuses])

/** Seats are counted again from the bookings and holds themselves. */
export async function checkSeats({ db }: Look): Promise<string[]> {
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
