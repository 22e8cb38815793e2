import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb, type Tx } from '@/db/client'
import { business, membership, provider, providerService, service } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { anyone } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { placesOf } from '@/server/location/venue/queries'
import { nextFree, tenantOfProvider } from '@/server/scheduling/calendar/queries'

/** One provider as visitors see them: from the rows themselves, so that what was just published is there. */
export const getProvider = query({
  name: 'business.provider.get',
  input: z.strictObject({ id }),
  may: anyone,
  tenant: ({ id }) => tenantOfProvider(id),
  run: async (tx, { id: providerId }) => {
    const [row] = await tx
      .select({ provider, business: { id: business.tenantId, name: business.name, slug: business.slug } })
      .from(provider)
      .innerJoin(business, eq(business.tenantId, provider.tenantId))
      .where(and(eq(provider.id, providerId), eq(provider.published, true), eq(provider.status, 'active')))
    if (!row) refuse('not_found')
    const services = await servicesOf(tx, providerId)
    const now = Date.now()
    const places = await placesOf(tx, [providerId])
    const free = await nextFree(tx, [{ providerId, serviceIds: services.map((s) => s.id), from: now }], now)
    return {
      id: providerId,
      name: row.provider.name,
      bio: row.provider.bio,
      businessId: row.business.id,
      businessName: row.business.name,
      businessSlug: row.business.slug,
      timeZone: row.provider.timeZone,
      nextFree: free.get(providerId) ?? null,
      places: places.get(providerId) ?? [],
      services,
    }
  },
})

async function servicesOf(tx: Tx, providerId: string) {
  const rows = await tx
    .select({ service })
    .from(providerService)
    .innerJoin(
      service,
      and(eq(service.tenantId, providerService.tenantId), eq(service.id, providerService.serviceId)),
    )
    .where(and(eq(providerService.providerId, providerId), eq(service.status, 'active')))
    .orderBy(service.name, service.id)
  return rows.map(({ service: s }) => ({
    id: s.id,
    name: s.name,
    description: s.description,
    durationMinutes: s.durationMinutes,
    price: { amount: s.amount, currency: s.currency },
    capacity: s.capacity,
    requiresApproval: s.requiresApproval,
    requiresPayment: false,
  }))
}

/** The account whose time a provider's is, where it does not run the business besides. */
export async function personOfProvider(tx: Tx, providerId: string): Promise<string | null> {
  const rows = await tx
    .select({ userId: provider.userId, role: membership.role })
    .from(provider)
    .innerJoin(
      membership,
      and(eq(membership.tenantId, provider.tenantId), eq(membership.userId, provider.userId)),
    )
    .where(and(eq(provider.id, providerId), isNull(membership.revokedAt)))
  const runs = rows.some(({ role }) => role === 'owner' || role === 'admin')
  return runs ? null : (rows[0]?.userId ?? null)
}

/** Everybody who runs a business. */
export async function whoRuns(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ userId: membership.userId })
    .from(membership)
    .where(and(inArray(membership.role, ['owner', 'admin']), isNull(membership.revokedAt)))
  return rows.map((row) => row.userId)
}
