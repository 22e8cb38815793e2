import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import { appDb, type Db, type Tx } from '@/db/client'
import {
  appointment,
  calendar,
  contact,
  occupancy,
  outsideBusy,
  provider,
  providerService,
  service,
  slot,
} from '@/db/schema'
import type { BookingRules } from '@/server/business/service/model'
import { refuse } from '@/server/core/errors'
import { rfc3339 } from '@/server/core/fields'
import { DAY } from '@/server/core/time'
import {
  type Busy,
  type Calendar,
  nearestFree,
  type Offer,
  offerSchema,
  type Rules,
  type WrittenSlot,
} from './model'

type Ms = number

export type Occupied = {
  id: string
  /** What is busy elsewhere may overlap everything else: it stands in nobody's way but new bookings'. */
  kind: 'hold' | 'appointment' | 'block' | 'slot' | 'outside'
  refId: string
  startsAt: Ms
  endsAt: Ms
  from: Ms
  to: Ms
  expiresAt: Ms | null
}

export type FactSlot = Omit<WrittenSlot, 'holds'> & {
  serviceId: string
  origin: 'written' | 'implied'
  holds: { id: string; seats: number; expiresAt: Ms }[]
}

type OfferedService = Offer & {
  id: string
  name: string
  status: 'active' | 'archived'
  amount: number
  currency: string
  freeUntilHours: number
  lateFeePercent: number
} & BookingRules

/** What visitors may know of a venue. */
export type FactVenue = { id: string; name: string; city: string; timeZone: string }

/** All that decides which times of a provider can be had for a service, read as one. */
export type CalendarFacts = {
  tenantId: string
  provider: { id: string; name: string; status: 'active' | 'archived'; published: boolean; timeZone: string }
  service: OfferedService
  /** Whether this provider gives this service: what was booked before it was otherwise stands. */
  offered: boolean
  rules: Rules
  version: string
  /** Those that the hours or the slots name. */
  venues: FactVenue[]
  busy: Occupied[]
  slots: FactSlot[]
}

/** The same without a service: what a provider's time is taken by, whatever for. */
export type CalendarTime = Omit<CalendarFacts, 'service' | 'offered' | 'version' | 'venues'>

/** As the database tells it: what takes time comes as rows of values. */
type Told = Omit<CalendarFacts, 'busy'> & {
  busy: [
    id: string,
    kind: Occupied['kind'],
    refId: string,
    startsAt: Ms,
    endsAt: Ms,
    from: Ms,
    to: Ms,
    expiresAt: Ms | null,
  ][]
}

const factsFrom = (told: Told): CalendarFacts => ({
  ...told,
  busy: told.busy.map(([id, kind, refId, startsAt, endsAt, from, to, expiresAt]) => {
    return { id, kind, refId, startsAt, endsAt, from, to, expiresAt }
  }),
})

export async function calendarFacts(
  db: Db | Tx,
  providerId: string,
  serviceId: string,
  window: { from: Ms; to: Ms },
): Promise<CalendarFacts | null> {
  const [row] = await db.execute<{ facts: Told | null }>(sql`
    select calendar_facts(${providerId}, ${serviceId}, to_timestamp(${window.from / 1000}::float8), to_timestamp(${window.to / 1000}::float8)) as facts`)
  return row?.facts ? factsFrom(row.facts) : null
}

/** Whether this provider is there to give it, be it to those alone who booked before. */
export const isGiven = ({ offered, provider }: CalendarFacts): boolean =>
  offered && provider.status === 'active'

/** Whether anybody can book it, whatever the time. */
export const isOffered = (facts: CalendarFacts): boolean =>
  isGiven(facts) && facts.service.status === 'active'

/** What takes a provider's time within a window, read under the calendar's lock. */
export async function calendarTime(
  tx: Tx,
  providerId: string,
  window: { from: Ms; to: Ms },
): Promise<CalendarTime | null> {
  const [row] = await tx
    .select({ provider, rules: calendar.rules })
    .from(calendar)
    .innerJoin(provider, and(eq(provider.tenantId, calendar.tenantId), eq(provider.id, calendar.providerId)))
    .where(eq(calendar.providerId, providerId))
  if (!row) return null
  const taken = await tx
    .select()
    .from(occupancy)
    .where(
      and(
        eq(occupancy.providerId, providerId),
        gt(occupancy.busyTo, new Date(window.from)),
        lt(occupancy.busyFrom, new Date(window.to)),
      ),
    )
    .orderBy(occupancy.busyFrom)
  const elsewhere = await tx
    .select()
    .from(outsideBusy)
    .where(
      and(
        eq(outsideBusy.providerId, providerId),
        gt(outsideBusy.endsAt, new Date(window.from)),
        lt(outsideBusy.startsAt, new Date(window.to)),
      ),
    )
  const { tenantId, id, name, status, published, timeZone } = row.provider
  return {
    tenantId,
    provider: { id, name, status, published, timeZone },
    rules: row.rules,
    busy: [...taken.map(occupied), ...elsewhere.map(busyElsewhere)].sort((a, b) => a.from - b.from),
    slots: [],
  }
}

const occupied = (o: typeof occupancy.$inferSelect): Occupied => ({
  id: o.id,
  kind: o.kind,
  refId: o.refId,
  startsAt: o.startsAt.getTime(),
  endsAt: o.endsAt.getTime(),
  from: o.busyFrom.getTime(),
  to: o.busyTo.getTime(),
  expiresAt: o.expiresAt?.getTime() ?? null,
})

function busyElsewhere({ outsideId, startsAt, endsAt }: typeof outsideBusy.$inferSelect): Occupied {
  const [from, to] = [startsAt.getTime(), endsAt.getTime()]
  return {
    id: outsideId,
    kind: 'outside',
    refId: outsideId,
    startsAt: from,
    endsAt: to,
    from,
    to,
    expiresAt: null,
  }
}

export async function loadRules(tx: Tx, providerId: string): Promise<Rules> {
  const [row] = await tx
    .select({ rules: calendar.rules })
    .from(calendar)
    .where(eq(calendar.providerId, providerId))
  return row?.rules ?? refuse('not_found')
}

/** A block and the calendar it stands in. */
export async function loadBlock(
  tx: Tx,
  blockId: string,
): Promise<CalendarTime & { startsAt: Ms; endsAt: Ms; label: string | null }> {
  const [row] = await tx
    .select()
    .from(occupancy)
    .where(and(eq(occupancy.id, blockId), eq(occupancy.kind, 'block')))
  if (!row) refuse('not_found')
  const at = { startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime(), label: row.label }
  const window = { from: at.startsAt, to: at.endsAt }
  return { ...((await calendarTime(tx, row.providerId, window)) ?? refuse('not_found')), ...at }
}

export async function tenantOfProvider(providerId: string): Promise<string | null> {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_of('provider', ${providerId}) as tenant`,
  )
  return row?.tenant ?? null
}

const offerFields = Object.keys(offerSchema.shape) as (keyof Offer)[]

export const offerOf = (service: OfferedService): Offer =>
  Object.fromEntries(offerFields.map((name) => [name, service[name]])) as Offer

/** The model's view of the facts. A written slot is taken time as well: its buffers may be wider than the service's are now. */
export const calendarOf = (facts: CalendarFacts, now: Ms): Calendar => ({
  rules: facts.rules,
  offer: offerOf(facts.service),
  busy: facts.busy.map(busyOf),
  slots: facts.slots.filter((s) => s.serviceId === facts.service.id),
  now,
})

/** How far around a lost time others are looked for: near first, then further. */
const searches = [2, 31].map((days) => days * DAY)

/** The three free times nearest to one that was lost. */
export async function timesNear(
  db: Db | Tx,
  facts: CalendarFacts,
  { startsAt, seats, now }: { startsAt: Ms; seats: number; now: Date },
): Promise<string[]> {
  let times: string[] = []
  for (const reach of searches) {
    const within = { from: startsAt - reach, until: startsAt + reach }
    const known = reach === searches[0] ? facts : await factsWithin(db, facts, within)
    const near = nearestFree(calendarOf(known, now.getTime()), startsAt, 3, { seats, within })
    times = near.map((t) => rfc3339(t.startsAt))
    if (times.length === 3) break
  }
  return times
}

async function factsWithin(
  db: Db | Tx,
  facts: CalendarFacts,
  within: { from: Ms; until: Ms },
): Promise<CalendarFacts> {
  const window = { from: within.from - DAY, to: within.until + DAY }
  return (await calendarFacts(db, facts.provider.id, facts.service.id, window)) ?? facts
}

const statusOf = {
  hold: 'held',
  appointment: 'booked',
  block: 'blocked',
  slot: 'booked',
  outside: 'blocked',
} as const

const busyOf = ({ id, kind, startsAt, endsAt, from, to, expiresAt }: Occupied): Busy => ({
  id,
  startsAt,
  endsAt,
  from,
  to,
  status: statusOf[kind],
  ...(expiresAt === null ? {} : { expiresAt }),
})

type Asked = { providerId: string; serviceIds: string[]; from: Ms }

/** How far ahead to look for who has nothing free sooner: most have something within days. */
const lookAhead = [3, 28]
/** Of each as many services as fit into a question, but some of everybody's. */
const pairsAtOnce = 500
const fewestServices = 5

/** The next time each provider can be had for one of these services, within four weeks; all of them in a question or two. */
export async function nextFree(db: Db | Tx, asked: readonly Asked[], now: Ms): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const days of lookAhead) {
    const still = asked.filter((a) => !found.has(a.providerId) && a.serviceIds.length > 0)
    for (const { facts, from } of await factsOf(db, still, days)) {
      const within = { from, until: from + days * DAY }
      const [free] = nearestFree(calendarOf(facts, now), from, 1, { within })
      const sooner = found.get(facts.provider.id)
      if (free && (!sooner || free.startsAt < Date.parse(sooner)))
        found.set(facts.provider.id, rfc3339(free.startsAt))
    }
  }
  return found
}

async function factsOf(db: Db | Tx, asked: readonly Asked[], days: number) {
  const services = Math.max(fewestServices, Math.floor(pairsAtOnce / Math.max(1, asked.length)))
  const pairs = asked.flatMap(({ providerId, serviceIds, from }) =>
    serviceIds.slice(0, services).map((serviceId) => ({ provider: providerId, service: serviceId, from })),
  )
  if (pairs.length === 0) return []
  const rows = await db.execute<{ facts: Told | null; from: Ms }>(sql`
    select "from", calendar_facts(provider, service, to_timestamp("from" / 1000) - interval '3 days',
                                  to_timestamp("from" / 1000) + make_interval(days => ${days + 3})) as facts
    from jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb) as p(provider uuid, service uuid, "from" float8)`)
  const known = rows.flatMap(({ facts, from }) => (facts ? [{ facts: factsFrom(facts), from }] : []))
  return known.filter(({ facts }) => isOffered(facts))
}

/** What is booked from now on with a provider, written slots aside: those stand whatever the hours say. */
export async function bookedAhead(tx: Tx, providerId: string, now: Ms) {
  const rows = await tx
    .select({ appointment, clientName: contact.name, serviceName: service.name })
    .from(appointment)
    .innerJoin(
      service,
      and(eq(service.tenantId, appointment.tenantId), eq(service.id, appointment.serviceId)),
    )
    .leftJoin(contact, and(eq(contact.tenantId, appointment.tenantId), eq(contact.id, appointment.contactId)))
    .leftJoin(slot, and(eq(slot.tenantId, appointment.tenantId), eq(slot.id, appointment.slotId)))
    .where(
      and(
        eq(appointment.providerId, providerId),
        gt(appointment.startsAt, new Date(now)),
        inArray(appointment.status, ['pending', 'confirmed']),
        sql`${slot.origin} is distinct from 'written'`,
      ),
    )
    .orderBy(appointment.startsAt, appointment.id)
  return rows.map(({ appointment: a, clientName, serviceName }) => ({
    bookingId: a.id,
    serviceId: a.serviceId,
    /** What takes the provider's time: the booking itself, or the group's slot it is in. */
    placeId: a.slotId ?? a.id,
    clientName,
    serviceName,
    startsAt: a.startsAt.getTime(),
    endsAt: a.endsAt.getTime(),
    place: a.place,
  }))
}

/** Who performs what, of all that can be booked. */
export const performed = (tx: Tx, of: { providerId: string } | { serviceId: string }) =>
  tx
    .select({
      providerId: provider.id,
      providerName: provider.name,
      serviceId: service.id,
      serviceName: service.name,
    })
    .from(providerService)
    .innerJoin(
      provider,
      and(eq(provider.tenantId, providerService.tenantId), eq(provider.id, providerService.providerId)),
    )
    .innerJoin(
      service,
      and(eq(service.tenantId, providerService.tenantId), eq(service.id, providerService.serviceId)),
    )
    .where(
      and(
        'providerId' in of ? eq(provider.id, of.providerId) : eq(service.id, of.serviceId),
        eq(provider.status, 'active'),
        eq(service.status, 'active'),
      ),
    )
    .orderBy(provider.name, service.name)
