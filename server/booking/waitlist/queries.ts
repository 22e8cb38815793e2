import { and, arrayContains, asc, eq, gt, inArray, max, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb, type Tx } from '@/db/client'
import { appointment, business, contact, hold, provider, service, waitlist } from '@/db/schema'
import { undoMs } from '@/server/booking/appointment/model'
import { termsFor } from '@/server/booking/appointment/model-terms'
import { logoPath } from '@/server/business/business/model'
import { isPerson } from '@/server/core/actor'
import { refuse } from '@/server/core/errors'
import type { Data } from '@/server/core/events'
import { id, instant, line } from '@/server/core/fields'
import { readAggregate } from '@/server/core/log'
import { bearerOf, members } from '@/server/core/policy'
import { inTenant, query } from '@/server/core/query'
import { toldOf } from '@/server/location/venue/model-told'
import { destinationsOf, zoneAt } from '@/server/location/venue/queries'
import { availabilityChanged } from '@/server/scheduling/calendar/events'
import { waitlistAccepted } from './events'

const tenantOf = async (kind: 'waitlist' | 'service', wanted: string): Promise<string | null> => {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_of(${kind}, ${wanted}) as tenant`,
  )
  return row?.tenant ?? null
}
export const tenantOfEntry = (entryId: string) => tenantOf('waitlist', entryId)
export const serviceTenant = (serviceId: string) => tenantOf('service', serviceId)

/** Who is to be heard of: an offer may outlast the wish, a wish nobody could meet does not. */
export const stillWaits = (now: Date): SQL =>
  sql`(${waitlist.status} = 'offered' or (${waitlist.status} = 'waiting' and ${waitlist.overAt} > ${now.toISOString()}::timestamptz))`

/** Both named outright, so that a plan knows which index is for these: people may see their own in any business. */
export const isWaiting = (tenantId: string): SQL =>
  sql`${waitlist.tenantId} = ${tenantId} and ${waitlist.status} = 'waiting'`

/** Until when anybody waits for this provider; null where nobody does. Asked at every change of every calendar. */
export async function waitedForUntil(tenantId: string, providerId: string): Promise<Date | null> {
  return inTenant(tenantId, async (tx) => {
    const [row] = await tx
      .select({ until: max(waitlist.overAt) })
      .from(waitlist)
      .where(
        and(
          isWaiting(tenantId),
          gt(waitlist.overAt, new Date()),
          arrayContains(waitlist.providerIds, [providerId]),
        ),
      )
    return row?.until ?? null
  })
}

/** What a timer may be early by, as clocks are read. */
const tick = 250

/** Of bookings: what people of the business gave back so lately that they may yet undo it: a timer asks again when they no longer can. */
export async function givenBackJustNow(tx: Tx, providerId: string, now: Date) {
  const since = new Date(now.getTime() - undoMs + tick).toISOString()
  const rows = await tx.execute<{ actor: string; data: Data<typeof availabilityChanged> }>(sql`
    select actor_id as actor, data from (
      select * from event_log where tenant_id = current_tenant() and aggregate_type = 'scheduling.calendar'
        and aggregate_id = ${providerId} and recorded_at > ${since}::timestamptz order by version desc limit 200) e
    where type = ${availabilityChanged.type} and data->>'newStatus' = 'available' and data->>'bookingId' is not null`)
  return rows
    .filter(({ actor }) => isPerson(actor))
    .map(({ data }) => ({ from: Date.parse(data.startTime), until: Date.parse(data.endTime) }))
}

/** Of whom anybody waits for this service. */
export const waitedForWith = (tenantId: string, serviceId: string): Promise<string[]> =>
  inTenant(tenantId, async (tx) => {
    const rows = await tx
      .selectDistinct({ id: sql<string>`unnest(${waitlist.providerIds})` })
      .from(waitlist)
      .where(and(isWaiting(tenantId), gt(waitlist.overAt, new Date()), eq(waitlist.serviceId, serviceId)))
    return rows.map(({ id }) => id)
  })

/** What whoever waits is shown. */
export const showEntry = query({
  name: 'booking.waitlist.show',
  input: z.strictObject({ id }),
  may: bearerOf('waitlist', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfEntry(id),
  resource: ({ id }) => id,
  run: async (tx, input, { tenantId }) => {
    const [found] = await tx
      .select({
        row: waitlist,
        service: {
          name: service.name,
          questions: service.questions,
          requiresApproval: service.requiresApproval,
          amount: service.amount,
          currency: service.currency,
          freeUntilHours: service.freeUntilHours,
          lateFeePercent: service.lateFeePercent,
        },
        business: {
          name: business.name,
          slug: business.slug,
          timeZone: business.timeZone,
          language: business.language,
          accent: business.accent,
          logo: business.logo,
        },
      })
      .from(waitlist)
      .innerJoin(service, and(eq(service.tenantId, waitlist.tenantId), eq(service.id, waitlist.serviceId)))
      .innerJoin(business, eq(business.tenantId, waitlist.tenantId))
      .where(eq(waitlist.id, input.id))
    if (!found) return refuse('not_found')
    const { row, ...names } = found
    const terms = termsFor(names.service, row.seats)
    const people = await tx
      .select({ id: provider.id, name: provider.name, timeZone: provider.timeZone })
      .from(provider)
      .where(inArray(provider.id, row.providerIds))
      .orderBy(provider.name)
    const [ahead] =
      row.status === 'waiting'
        ? await tx.execute<{ n: number }>(sql`
            select count(*)::int as n from waitlist w where w.status = 'waiting' and w.over_at > now() and w.service_id = ${row.serviceId}
              and w.provider_ids && ${sql.param(row.providerIds)}::uuid[] and (w.joined_at, w.id) < (${row.joinedAt.toISOString()}::timestamptz, ${row.id})`)
        : []
    const { id: entryId, serviceId, seats, wish, status, offer } = row
    const [held] = offer
      ? await tx.select({ place: hold.place }).from(hold).where(eq(hold.id, offer.holdId))
      : []
    const by = people.find((one) => one.id === offer?.providerId)
    const booking = status === 'accepted' ? await bookedBy(tx, tenantId, entryId) : null
    const told = toldOf(
      { place: held?.place ?? null, meetingLink: null, isExpected: false },
      await destinationsOf(tx, [held?.place]),
    )
    return {
      id: entryId,
      /** Of what is offered. */
      told,
      /** By whose clock it is told. */
      timeZone: await zoneAt(tx, held?.place, (by ?? people[0])?.timeZone ?? names.business.timeZone),
      serviceId,
      seats,
      wish,
      status,
      offer,
      ahead: ahead?.n ?? 0,
      /** What came of it, and how that stands. */
      booking,
      /** What taking it would cost, and how it is called off. */
      terms,
      providers: people,
      ...names,
      business: { ...names.business, logo: logoPath(names.business) },
    }
  },
})

async function bookedBy(tx: Tx, tenantId: string, entryId: string) {
  const history = await readAggregate(tx, tenantId, 'booking.waitlist', entryId)
  const accepted = history.findLast(({ type }) => type === waitlistAccepted.type)
  const [row] = await tx
    .select({ id: appointment.id, status: appointment.status })
    .from(appointment)
    .where(eq(appointment.id, String(accepted?.data.bookingId)))
  return row ?? null
}

/** Who waits for what, first come first. */
export const listWaiting = query({
  name: 'booking.waitlist.list',
  input: z.strictObject({
    businessId: id,
    q: line(100, 0).optional(),
    limit: z.int().min(1).max(100).default(50),
    after: z.strictObject({ joinedAt: instant, id }).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { q, limit, after }) => {
    const rows = await tx
      .select({ row: waitlist, service: service.name, client: { name: contact.name, email: contact.email } })
      .from(waitlist)
      .innerJoin(service, and(eq(service.tenantId, waitlist.tenantId), eq(service.id, waitlist.serviceId)))
      .leftJoin(contact, and(eq(contact.tenantId, waitlist.tenantId), eq(contact.id, waitlist.contactId)))
      .where(
        and(
          stillWaits(new Date()),
          q
            ? sql`strpos(lower(concat_ws(' ', ${contact.name}, ${contact.email}, ${service.name})), lower(${q})) > 0`
            : undefined,
          after
            ? sql`(${waitlist.joinedAt}, ${waitlist.id}) > (${after.joinedAt}::timestamptz, ${after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(asc(waitlist.joinedAt), asc(waitlist.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1)?.row : undefined
    return {
      entries: page.map(({ row, service: serviceName, client }) => ({
        id: row.id,
        status: row.status,
        wish: row.wish,
        offer: row.offer,
        seats: row.seats,
        joinedAt: row.joinedAt.toISOString(),
        serviceName,
        clientName: client?.name ?? null,
        clientEmail: client?.email ?? null,
      })),
      after: last ? { joinedAt: last.joinedAt.toISOString(), id: last.id } : null,
    }
  },
})
