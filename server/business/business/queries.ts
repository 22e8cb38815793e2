import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb } from '@/db/client'
import { business, businessLogo, provider, providerService, service } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { anyone, members, signedIn } from '@/server/core/policy'
import { inTenant, query } from '@/server/core/query'
import { placesOf, publicVenues } from '@/server/location/venue/queries'
import { logoPath, slugPattern } from './model'

/** Which business has this address, or none. */
export async function tenantOfSlug(slug: string): Promise<string | null> {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_by_slug(${slug}) as tenant`,
  )
  return row?.tenant ?? null
}

/** The picture itself, whatever version is asked for: there is only the newest. */
export const showLogo = query({
  name: 'business.business.show_logo',
  input: z.strictObject({ slug: z.string().regex(slugPattern, 'is not an address of a business') }),
  may: anyone,
  tenant: ({ slug }) => tenantOfSlug(slug),
  run: async (tx) => {
    const [row] = await tx.select().from(businessLogo)
    if (!row) refuse('not_found')
    return { version: row.version, image: row.image }
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
    const found = await placesOf(
      tx,
      providers.map((p) => p.id),
    )
    const venues = await publicVenues(
      tx,
      [...found.values()].flat().map((place) => place.id),
    )
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
      logo: logoPath(row),
      venues,
      providers: providers.map((p) => ({ ...p, places: (found.get(p.id) ?? []).map((place) => place.id) })),
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
          requiresApproval: s.requiresApproval,
          given: s.given,
          questions: s.questions,
          providerIds: doers(s.id),
        }))
        .filter((s) => s.providerIds.length > 0),
    }
  },
})

export type Offer = Awaited<ReturnType<typeof showOffer.execute>>

/** A business as those see it who run it, and how far it has come. */
export const showOwnBusiness = query({
  name: 'business.business.show_own',
  input: z.strictObject({ businessId: id }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { businessId }) => {
    const [row] = await tx.select().from(business).where(eq(business.tenantId, businessId))
    if (!row) refuse('not_found')
    const { tenantId: _, ownerId: _o, createdAt, ...profile } = row
    const [done] = await tx.execute<{
      services: number
      published: number
      booked: number
      open: boolean
    }>(sql`
      select (select count(*)::int from service where status = 'active') as services,
             (select count(*)::int from provider where status = 'active' and published) as published,
             (select count(*)::int from (select 1 from appointment limit 1) a) as booked,
             exists (select 1 from calendar c join provider p on p.tenant_id = c.tenant_id and p.id = c.provider_id
                     where p.status = 'active' and c.rules -> 'weekly' <> '{}') as open`)
    return {
      ...profile,
      logo: logoPath(profile),
      businessId,
      createdAt: createdAt.toISOString(),
      services: done?.services ?? 0,
      published: done?.published ?? 0,
      booked: (done?.booked ?? 0) > 0,
      open: done?.open ?? false,
    }
  },
})

export type OwnBusiness = Awaited<ReturnType<typeof showOwnBusiness.execute>>

/** The businesses in which somebody has a role, by name: what they can go on with. */
export const listOwnBusinesses = query({
  name: 'business.business.list_own',
  input: z.strictObject({}),
  may: signedIn,
  run: async (_tx, _input, { call }) => {
    const grants = call.actor.kind === 'user' ? call.actor.grants : []
    const roles = new Map<string, string[]>()
    for (const { tenantId, role } of grants) roles.set(tenantId, [...(roles.get(tenantId) ?? []), role])
    const found = await Promise.all(
      [...roles].slice(0, 50).map(async ([businessId, held]) => {
        const row = await nameOf(businessId)
        return row ? [{ businessId, ...row, roles: held }] : []
      }),
    )
    return { businesses: found.flat().sort((a, b) => a.name.localeCompare(b.name)) }
  },
})

/** How a business shows itself around any of its public pages. */
export async function faceOf(slug: string) {
  const businessId = slugPattern.test(slug) ? await tenantOfSlug(slug) : null
  return businessId ? nameOf(businessId) : null
}

/** Each in its own tenant: row-level security knows no other way into one. */
const nameOf = (businessId: string) =>
  inTenant(businessId, async (tx) => {
    const [row] = await tx
      .select({
        name: business.name,
        slug: business.slug,
        accent: business.accent,
        logo: business.logo,
        language: business.language,
      })
      .from(business)
      .where(eq(business.tenantId, businessId))
    return row ? { ...row, logo: logoPath(row) } : null
  })
