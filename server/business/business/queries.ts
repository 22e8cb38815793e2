import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb } from '@/db/client'
import { business, provider, providerService, service } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { anyone } from '@/server/core/policy'
import { query } from '@/server/core/query'

/** Which business has this address, or none. */
export async function tenantOfSlug(slug: string): Promise<string | null> {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_by_slug(${slug}) as tenant`,
  )
  return row?.tenant ?? null
}

/** A business as its visitors see it. */
export const showBusiness = query({
  name: 'business.business.show',
  input: z.strictObject({ slug: z.string().regex(/^[a-z0-9-]{1,63}$/, 'is not an address of a business') }),
  may: anyone,
  tenant: ({ slug }) => tenantOfSlug(slug),
  run: async (tx, _input, { tenantId }) => {
    const [row] = await tx
      .select({
        name: business.name,
        slug: business.slug,
        timeZone: business.timeZone,
        language: business.language,
      })
      .from(business)
      .where(eq(business.tenantId, tenantId))
    if (!row) refuse('not_found')
    const providers = await tx
      .select({ id: provider.id, name: provider.name, bio: provider.bio })
      .from(provider)
      .where(and(eq(provider.published, true), eq(provider.status, 'active')))
      .orderBy(provider.name, provider.id)
      .limit(100)
    return { ...row, providers }
  },
})

/** What can be booked at a business, by whom it is done. Only what is published and has somebody to do it. */
export const showOffer = query({
  name: 'business.business.show_offer',
  input: z.strictObject({ slug: z.string().regex(/^[a-z0-9-]{1,63}$/, 'is not an address of a business') }),
  may: anyone,
  tenant: ({ slug }) => tenantOfSlug(slug),
  run: async (tx, _input, { tenantId }) => {
    const [row] = await tx.select().from(business).where(eq(business.tenantId, tenantId))
    if (!row) refuse('not_found')
    const [providers, services, pairs] = await Promise.all([
      tx
        .select({ id: provider.id, name: provider.name, bio: provider.bio, timeZone: provider.timeZone })
        .from(provider)
        .where(and(eq(provider.published, true), eq(provider.status, 'active')))
        .orderBy(provider.name, provider.id)
        .limit(100),
      tx
        .select()
        .from(service)
        .where(eq(service.status, 'active'))
        .orderBy(service.name, service.id)
        .limit(200),
      tx
        .select({ providerId: providerService.providerId, serviceId: providerService.serviceId })
        .from(providerService),
    ])
    const doers = (serviceId: string) =>
      providers
        .filter((p) => pairs.some((d) => d.serviceId === serviceId && d.providerId === p.id))
        .map((p) => p.id)
    return {
      businessId: tenantId,
      name: row.name,
      slug: row.slug,
      timeZone: row.timeZone,
      language: row.language,
      accent: row.accent,
      providers,
      services: services
        .map((s) => ({
          id: s.id,
          name: s.name,
          description: s.description,
          durationMinutes: s.durationMinutes,
          capacity: s.capacity,
          price: { amount: s.amount, currency: s.currency },
          freeUntilHours: s.freeUntilHours,
          lateFeePercent: s.lateFeePercent,
          providerIds: doers(s.id),
        }))
        .filter((s) => s.providerIds.length > 0),
    }
  },
})

export type Offer = Awaited<ReturnType<typeof showOffer.execute>>
