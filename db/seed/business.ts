import { eq, sql } from 'drizzle-orm'
import { appDb, type Tx } from '@/db/client'
import { appointment, provider, service } from '@/db/schema'
import { grantMembership } from '@/server/auth/membership/grant'
import { createBusiness } from '@/server/business/business/create'
import { createProvider } from '@/server/business/provider/create'
import { setRoom } from '@/server/business/provider/set-room'
import { createService } from '@/server/business/service/create'
import type { Actor, Grant } from '@/server/core/actor'
import { enter, newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { addDays, today } from '@/server/core/time'
import { createVenue } from '@/server/location/venue/create'
import { online } from '@/server/location/venue/model-place'
import { listVenues } from '@/server/location/venue/queries'
import type { Range, WeeklyHours } from '@/server/scheduling/calendar/model'
import { createSeries } from '@/server/scheduling/series/create'
import { weekdayCodes } from '@/server/scheduling/series/model-rule'
import { bookings } from './bookings'
import type { UserOf } from './logins'
import type { DemoBusiness, DemoProvider } from './world'

export const weeksAhead = 4

const personWith = (userId: string, grants: readonly Grant[] = []): Actor => ({
  kind: 'user',
  id: userId,
  userId,
  grants,
  operator: false,
})

/** Builds what of a business is not there yet. */
export async function buildBusiness(plan: DemoBusiness, userOf: UserOf, now: number): Promise<void> {
  const ownerId = await userOf(plan.owner)
  const businessId = (await businessOf(plan.slug)) ?? (await open(plan, ownerId))
  const owner = personWith(ownerId, [{ tenantId: businessId, role: 'owner' }])
  const services = await offerServices(plan, businessId, owner)
  const venues = await openVenues(plan, businessId, owner)
  await Promise.all([
    ...plan.team.map(async ({ login, role }) =>
      grantMembership.execute({ businessId, userId: await userOf(login), role }, newCall(owner)),
    ),
    ...plan.providers.map((one) => employ({ plan, one, businessId, owner, services, venues, userOf, now })),
  ])
}

async function open(
  { name, slug, timeZone, currency, language }: DemoBusiness,
  userId: string,
): Promise<string> {
  const made = { name, slug, timeZone, currency, language }
  return (await createBusiness.execute(made, newCall(personWith(userId)))).businessId
}

async function businessOf(slug: string): Promise<string | null> {
  const [row] = await appDb().execute<{ id: string | null }>(sql`select tenant_by_slug(${slug}) as id`)
  return row?.id ?? null
}

async function offerServices(
  { services }: DemoBusiness,
  businessId: string,
  owner: Actor,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const one of services) {
    const found = await look(businessId, owner, (tx) =>
      tx.select({ id: service.id }).from(service).where(eq(service.name, one.name)),
    )
    const made = found[0] ?? (await createService.execute({ businessId, ...one }, newCall(owner)))
    ids.set(one.name, 'id' in made ? made.id : made.serviceId)
  }
  return ids
}

async function openVenues(
  { venues = [], timeZone }: DemoBusiness,
  businessId: string,
  owner: Actor,
): Promise<Map<string, string>> {
  const call = newCall(owner)
  const { venues: known } = await listVenues.execute({ businessId }, call)
  const ids = new Map([[online, online], ...known.map(({ id, name }) => [name, id] as const)])
  for (const one of venues)
    if (!ids.has(one.name))
      ids.set(one.name, (await createVenue.execute({ businessId, timeZone, ...one }, call)).venueId)
  return ids
}

/** The hours with the ids of the venues they name. */
const placed = (weekly: WeeklyHours, venues: Map<string, string>): WeeklyHours =>
  Object.fromEntries(
    Object.entries(weekly).map(([day, ranges]) => [
      day,
      ranges.map(([from, to, name]): Range => (name ? [from, to, idOf(venues, name)] : [from, to])),
    ]),
  )

type Employment = {
  plan: DemoBusiness
  one: DemoProvider
  businessId: string
  owner: Actor
  services: Map<string, string>
  venues: Map<string, string>
  userOf: UserOf
  now: number
}

async function employ(given: Employment): Promise<void> {
  const { plan, one, businessId, owner, services, now } = given
  const serviceIds = one.services.map((name) => idOf(services, name))
  const [known] = await look(businessId, owner, (tx) =>
    tx.select({ id: provider.id }).from(provider).where(eq(provider.name, one.name)),
  )
  const providerId = known?.id ?? (await hire(given, serviceIds))
  await writeClasses(given, providerId)
  const [{ n } = { n: 0 }] = await look(businessId, owner, (tx) =>
    tx
      .select({ n: sql<number>`count(*)::int` })
      .from(appointment)
      .where(eq(appointment.providerId, providerId)),
  )
  const at = { businessId, owner, providerId, serviceIds, timeZone: plan.timeZone }
  await bookings({
    ...at,
    seed: `${plan.slug}/${one.name}`,
    wanted: one.bookings - n,
    days: weeksAhead * 7,
    now,
  })
}

async function hire(
  { plan, one, businessId, owner, venues, userOf, now }: Employment,
  serviceIds: string[],
): Promise<string> {
  const { timeZone } = plan
  const first = today(timeZone, now)
  const overrides = Object.fromEntries((one.daysOff ?? []).map((day) => [addDays(first, day), []]))
  const { providerId } = await createProvider.execute(
    {
      businessId,
      name: one.name,
      bio: one.bio,
      rules: {
        timeZone,
        weekly: placed(one.weekly, venues),
        overrides,
        ...(one.place ? { place: idOf(venues, one.place) } : {}),
      },
      serviceIds,
      userId: one.login ? await userOf(one.login) : null,
    },
    newCall(owner),
  )
  if (one.room) await setRoom.execute({ businessId, providerId, link: one.room }, newCall(owner))
  return providerId
}

/** A class that is there already clashes with itself, and stays as it is. */
async function writeClasses({ plan, one, businessId, owner, services, now }: Employment, providerId: string) {
  for (const { service: name, weekdays, at, seats } of one.classes ?? []) {
    const days = weekdays.map((day) => weekdayCodes[day - 1]).join(',')
    const written = {
      businessId,
      providerId,
      serviceId: idOf(services, name),
      rrule: `FREQ=WEEKLY;BYDAY=${days}`,
      startDate: addDays(today(plan.timeZone, now), 1),
      time: at,
      maxBookings: seats,
    }
    await createSeries.execute(written, newCall(owner)).catch((error: unknown) => {
      if (!isRefusal(error) || error.code !== 'slot_conflict') throw error
    })
  }
}

function idOf(named: Map<string, string>, name: string): string {
  const id = named.get(name)
  if (!id) throw new Error(`the demo has no "${name}"`)
  return id
}

/** Reads one business's rows, as its owner sees them. */
const look = <T>(businessId: string, actor: Actor, read: (tx: Tx) => Promise<T>): Promise<T> =>
  appDb().transaction(async (tx) => {
    await enter(tx, businessId, { actor })
    return read(tx)
  })
