import { and, arrayContains, asc, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb } from '@/db/client'
import { business, contact, hold, provider, service, waitlist } from '@/db/schema'
import { logoPath } from '@/server/business/business/model'
import { refuse } from '@/server/core/errors'
import { id, instant, line } from '@/server/core/fields'
import { bearerOf, members } from '@/server/core/policy'
import { inTenant, query } from '@/server/core/query'
import { toldOf } from '@/server/location/venue/model-told'
import { destinationsOf, zoneAt } from '@/server/location/venue/queries'

const tenantOf = async (kind: 'waitlist' | 'service', wanted: string): Promise<string | null> => {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_of(${kind}, ${wanted}) as tenant`,
  )
  return row?.tenant ?? null
}
export const tenantOfEntry = (entryId: string) => tenantOf('waitlist', entryId)
export const serviceTenant = (serviceId: string) => tenantOf('service', serviceId)

/** Asked at every change of every calendar, so it is answered by an index. */
export async function anyoneWaits(tenantId: string, providerId: string): Promise<boolean> {
  return inTenant(tenantId, async (tx) => {
    const [row] = await tx
      .select({ id: waitlist.id })
      .from(waitlist)
      .where(
        and(
          inArray(waitlist.status, ['waiting', 'offered']),
          arrayContains(waitlist.providerIds, [providerId]),
        ),
      )
      .limit(1)
    return row !== undefined
  })
}

/** What whoever waits is shown. */
export const showEntry = query({
  name: 'booking.waitlist.show',
  input: z.strictObject({ id }),
  may: bearerOf('waitlist', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfEntry(id),
  resource: ({ id }) => id,
  run: async (tx, input) => {
    const [found] = await tx
      .select({
        row: waitlist,
        service: { name: service.name, questions: service.questions },
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
    const people = await tx
      .select({ id: provider.id, name: provider.name, timeZone: provider.timeZone })
      .from(provider)
      .where(inArray(provider.id, row.providerIds))
      .orderBy(provider.name)
    const [ahead] =
      row.status === 'waiting'
        ? await tx.execute<{ n: number }>(sql`
            select count(*)::int as n from waitlist w where w.status = 'waiting' and w.service_id = ${row.serviceId}
              and w.provider_ids && ${sql.param(row.providerIds)}::uuid[] and (w.joined_at, w.id) < (${row.joinedAt.toISOString()}::timestamptz, ${row.id})`)
        : []
    const { id: entryId, serviceId, seats, wish, status, offer } = row
    const [held] = offer
      ? await tx.select({ place: hold.place }).from(hold).where(eq(hold.id, offer.holdId))
      : []
    const by = people.find((one) => one.id === offer?.providerId)
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
      providers: people,
      ...names,
      business: { ...names.business, logo: logoPath(names.business) },
    }
  },
})

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
          inArray(waitlist.status, ['waiting', 'offered']),
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
