import { and, asc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { business, contact, service, waitlist } from '@/db/schema'
import { resourceToken } from '@/server/core/crypto'
import { signedIn } from '@/server/core/policy'
import { insideEach, personOf, query } from '@/server/core/query'
import { stillWaits } from './queries'

/** Nobody waits for more than a few things: they stand on one page. */
const most = 50

/** What somebody waits for, wherever that is, with the time that is kept for them meanwhile. */
export const listOwnEntries = query({
  name: 'booking.waitlist.list_own',
  input: z.strictObject({}),
  may: signedIn,
  run: async (tx, _input, { call }) => {
    const rows = await tx
      .select({ row: waitlist })
      .from(waitlist)
      .innerJoin(contact, and(eq(contact.tenantId, waitlist.tenantId), eq(contact.id, waitlist.contactId)))
      .where(and(eq(contact.userId, personOf(call)), stillWaits(new Date())))
      .orderBy(asc(waitlist.joinedAt), asc(waitlist.id))
      .limit(most)
    const tenants = rows.map(({ row }) => row.tenantId)
    const named = await insideEach(tx, tenants, async () => {
      const services = await tx
        .select({
          id: service.id,
          service: service.name,
          business: { name: business.name, slug: business.slug, timeZone: business.timeZone },
        })
        .from(service)
        .innerJoin(business, eq(business.tenantId, service.tenantId))
        .where(
          inArray(
            service.id,
            rows.map(({ row }) => row.serviceId),
          ),
        )
      return new Map(services.map(({ id, ...names }) => [id, names]))
    })
    return {
      entries: rows.flatMap(({ row }) => {
        const names = named.get(row.tenantId)?.get(row.serviceId)
        const { id, status, wish, offer, seats } = row
        return names
          ? [{ id, status, wish, offer, seats, ...names, token: resourceToken('waitlist', id) }]
          : []
      }),
    }
  },
})
