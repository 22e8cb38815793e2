import type postgres from 'postgres'
import { testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { createProvider } from '@/server/business/provider/create'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { addDays, DAY, today, toInstant } from '@/server/core/time'

const zone = 'Europe/Berlin'
const opens = 8
const hours = 12
const bookedDays = 84
const rfc3339 = 'YYYY-MM-DD"T"HH24:MI:SS"Z"'

/** One provider a business, each open every day from eight to eight, with 200 appointments in any 30 days. */
export async function seedHouses(owner: postgres.Sql, count: number): Promise<World[]> {
  const worlds: World[] = []
  for (let n = 0; n < count; n++) {
    const world = await testWorld({}, zone)
    await bookAppointment.execute(
      { ...idsOf(world), startTime: world.at(1, clock(firstFull(1, n))), client: regular(n) },
      newCall(anonymous),
    )
    worlds.push(world)
  }
  await repeatBookings(owner, worlds, bookedDays)
  await settle(owner)
  return worlds
}

/** The same hours of as many providers, in one business or each in its own, with some fifty appointments each. */
export async function seedProviders(owner: postgres.Sql, count: number, together: boolean): Promise<World[]> {
  const worlds: World[] = []
  for (let n = 0; n < count; n++) {
    const [first] = worlds
    const world = first && together ? await colleagueOf(first) : await testWorld({}, zone)
    await bookAppointment.execute(
      { ...idsOf(world), startTime: world.at(1, clock(firstFull(1, n))), client: regular(n) },
      newCall(anonymous),
    )
    worlds.push(world)
  }
  await repeatBookings(owner, worlds, 8)
  return worlds
}

async function colleagueOf(world: World): Promise<World> {
  const { businessId, owner, serviceId } = world
  const everyDay = Object.fromEntries(
    ['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [['08:00', '20:00'] as [string, string]]]),
  )
  const rules = { timeZone: zone, weekly: everyDay, overrides: {} }
  const wanted = { businessId, name: 'Another Provider', rules, serviceIds: [serviceId] }
  return { ...world, providerId: (await createProvider.execute(wanted, newCall(owner))).providerId }
}

/** What was seeded was handled long ago, and the planner knows what is there. */
export async function settle(owner: postgres.Sql): Promise<void> {
  await skipToNow(owner)
  await owner`vacuum (analyze)`
}

const idsOf = ({ providerId, serviceId }: World) => ({ providerId, serviceId })
const regular = (n: number) => ({ name: `Regular ${n}`, email: `regular${n}@example.com` })
const clock = (hour: number) => `${String(opens + hour).padStart(2, '0')}:00`

/** Twenty bookings in three days, at hours that change from day to day: 5 has no factor in common with 12. */
const isBooked = (day: number, hour: number, n: number) =>
  (hour * 5 + day * 7 + n * 3) % hours < (day % 3 === 0 ? 6 : 7)
const firstFull = (day: number, n: number) =>
  [...Array(hours).keys()].find((hour) => isBooked(day, hour, n)) ?? 0

type Place = { n: number; day: number; hour: number }

function* places(providers: number, wanted: boolean, days = bookedDays): Generator<Place> {
  for (let hour = 0; hour < hours; hour++)
    for (let day = 1; day <= days; day++)
      for (let n = 0; n < providers; n++) if (isBooked(day, hour, n) === wanted) yield { n, day, hour }
}

export type FreeTime = { world: World; startTime: string }

/** Times that nobody has yet, no two that follow each other of one provider. */
export function* freeTimes(worlds: readonly World[]): Generator<FreeTime> {
  for (const { n, day, hour } of places(worlds.length, false)) {
    const world = worlds[n] as World
    yield { world, startTime: world.at(day, clock(hour)) }
  }
}

/**
 * The one booking that the verb made of each provider, again and again at other times: the rows and events that as many
 * calls for the same client would have left, with ids and times of their own.
 */
async function repeatBookings(owner: postgres.Sql, worlds: readonly World[], days: number): Promise<void> {
  const copies = [...places(worlds.length, true, days)]
    .filter(({ n, day, hour }) => day !== 1 || hour !== firstFull(1, n))
    .map(({ n, day, hour }) => {
      const date = addDays(today(zone, Date.now()), day)
      const { instant } = toInstant(zone, date, (opens + hour) * 60)
      return { provider: (worlds[n] as World).providerId, starts: new Date(instant).toISOString(), date }
    })
  await owner.begin(async (tx) => {
    await tx`
      create temporary table copy on commit drop as
      select row_number() over (partition by provider order by starts)::int as nth, provider, starts, date,
             uuidv7() as booking, uuidv7() as stretch
      from jsonb_to_recordset(${JSON.stringify(copies)}::text::jsonb) as x(provider uuid, starts timestamptz, date date)`
    await tx`
      create temporary table sample on commit drop as
      select a.*, o.id as stretch, h.version as calendar_version
      from appointment a
      join occupancy o on o.tenant_id = a.tenant_id and o.ref_id = a.id
      join aggregate_head h on h.tenant_id = a.tenant_id and h.type = 'scheduling.calendar' and h.id = a.provider_id`
    await tx`
      insert into occupancy (tenant_id, id, provider_id, kind, ref_id, starts_at, ends_at, busy_from, busy_to)
      select o.tenant_id, c.stretch, o.provider_id, o.kind, c.booking, c.starts, c.starts + (o.ends_at - o.starts_at),
             c.starts - (o.starts_at - o.busy_from), c.starts + (o.busy_to - o.starts_at)
      from copy c join sample s on s.provider_id = c.provider join occupancy o on o.tenant_id = s.tenant_id and o.id = s.stretch`
    await tx`
      insert into appointment (tenant_id, id, provider_id, service_id, contact_id, starts_at, ends_at, time_zone, seats, status, terms, created_at)
      select s.tenant_id, c.booking, s.provider_id, s.service_id, s.contact_id, c.starts, c.starts + (s.ends_at - s.starts_at),
             s.time_zone, s.seats, s.status, s.terms, s.created_at
      from copy c join sample s on s.provider_id = c.provider`
    await tx`
      insert into aggregate_head (tenant_id, type, id, version)
      select h.tenant_id, h.type, c.booking, h.version
      from copy c join sample s on s.provider_id = c.provider
      join aggregate_head h on h.tenant_id = s.tenant_id and h.type = 'booking.appointment' and h.id = s.id`
    await tx`
      update aggregate_head h set version = h.version + n.many
      from (select provider, count(*)::int as many from copy group by provider) n
      where h.type = 'scheduling.calendar' and h.id = n.provider`
    await tx`
      insert into event_log (retention, id, type, tenant_id, aggregate_type, aggregate_id, version, correlation_id,
                             actor_id, traceparent, metadata, topics, data)
      select e.retention, uuidv7(), e.type, e.tenant_id, e.aggregate_type,
        case when e.aggregate_id = s.id then c.booking else e.aggregate_id end,
        case when e.aggregate_id = s.id then e.version else s.calendar_version + c.nth end,
        uuidv7(), e.actor_id, e.traceparent, e.metadata,
        array_replace(e.topics, 'appointment:' || s.id, 'appointment:' || c.booking),
        e.data || jsonb_build_object('bookingId', c.booking, 'startTime', to_char(c.starts at time zone 'UTC', ${rfc3339}),
          'endTime', to_char((c.starts + (s.ends_at - s.starts_at)) at time zone 'UTC', ${rfc3339}))
        || case when e.data ? 'availabilityId' then jsonb_build_object('availabilityId', c.stretch, 'date', c.date) else '{}' end
      from copy c join sample s on s.provider_id = c.provider
      join event_log e on e.tenant_id = s.tenant_id and e.data ->> 'bookingId' = s.id::text
      order by c.provider, c.nth, e.pos`
  })
}

/** What was seeded was handled long ago. */
async function skipToNow(owner: postgres.Sql): Promise<void> {
  await owner`
    insert into log_cursor (name, epoch, xid, pos, recorded_at)
    select 'dispatch', max(epoch), (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text, 9223372036854775807, clock_timestamp()
    from log_epoch`
}

const sameClock = [
  'Berlin',
  'Paris',
  'Rome',
  'Madrid',
  'Vienna',
  'Zurich',
  'Stockholm',
  'Oslo',
  'Copenhagen',
  'Brussels',
  'Amsterdam',
  'Prague',
]

export type Question = { providerId: string; serviceId: string; startDate: string; timeZone: string }

/**
 * Questions of one cost and no two alike: another provider each time, then another first day (any 30 days hold as much),
 * then another zone with the same clock. There are more than the app keeps answers, so that none is ever remembered.
 */
export function questions(worlds: readonly World[]): Question[] {
  const tomorrow = addDays(today(zone, Date.now()), 1)
  return sameClock.flatMap((city) =>
    [...Array(30).keys()].flatMap((day) =>
      worlds.map((world) => ({
        ...idsOf(world),
        startDate: addDays(tomorrow, day),
        timeZone: `Europe/${city}`,
      })),
    ),
  )
}

export const pathOf = ({ providerId, ...query }: Question): string =>
  `/api/v1/providers/${providerId}/availability?${new URLSearchParams({ ...query, days: '30' })}`

/** The same question as the app puts it to the database, for the floor. */
export function queryOf({ providerId, serviceId, startDate }: Question): string {
  const from = Date.parse(startDate) - 3 * DAY
  const query = {
    provider: providerId,
    service: serviceId,
    from: String(from / 1000),
    to: String((from + 36 * DAY) / 1000),
  }
  return `/query?${new URLSearchParams(query)}`
}
