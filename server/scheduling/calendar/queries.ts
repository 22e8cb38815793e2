import { sql } from 'drizzle-orm'
import { appDb, type Db, type Tx } from '@/db/client'
import { type Busy, type Calendar, type Offer, offerSchema, type Rules, type WrittenSlot } from './model'

type Ms = number

export type Occupied = {
  id: string
  kind: 'hold' | 'appointment' | 'block' | 'slot'
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
}

/** All that decides which times of a provider can be had for a service, read as one. */
export type CalendarFacts = {
  tenantId: string
  provider: { id: string; name: string; status: 'active' | 'archived'; published: boolean; timeZone: string }
  service: OfferedService
  rules: Rules
  version: string
  busy: Occupied[]
  slots: FactSlot[]
}

export async function calendarFacts(
  db: Db | Tx,
  providerId: string,
  serviceId: string,
  window: { from: Ms; to: Ms },
): Promise<CalendarFacts | null> {
  const [row] = await db.execute<{ facts: CalendarFacts | null }>(sql`
    select calendar_facts(${providerId}, ${serviceId}, to_timestamp(${window.from / 1000}::float8), to_timestamp(${window.to / 1000}::float8)) as facts`)
  return row?.facts ?? null
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

const statusOf = { hold: 'held', appointment: 'booked', block: 'blocked', slot: 'booked' } as const

const busyOf = ({ id, kind, startsAt, endsAt, from, to, expiresAt }: Occupied): Busy => ({
  id,
  startsAt,
  endsAt,
  from,
  to,
  status: statusOf[kind],
  ...(expiresAt === null ? {} : { expiresAt }),
})
