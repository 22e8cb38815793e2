import { and, eq, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { business, listing, provider, providerService, service } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { id, line } from '@/server/core/fields'
import { anyone } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { isDate, parseInstant, startOfDay } from '@/server/core/time'
import { nextFree, tenantOfProvider } from '@/server/scheduling/calendar/queries'
import { wordsBeginning } from './model-listing'

const refused = z.string().refine(() => false, 'is not offered yet')
const dayOrInstant = z
  .string()
  .refine((s) => isDate(s) || parseInstant(s) !== undefined, 'is neither a day (YYYY-MM-DD) nor an instant')
  .refine((s) => s >= '2000' && s < '2200', 'is outside the years 2000 to 2199')

/** The published providers by name, a page at a time by key. */
export const searchProviders = query({
  name: 'business.provider.search',
  input: z.strictObject({
    /** Beginnings of words in the name, the services, the business or the text about them. */
    q: line(100).optional(),
    /** A service by its id, or by beginnings of the words in its name. */
    service: line(100).optional(),
    near: refused.optional(),
    radiusKm: refused.optional(),
    /** `nextFree` looks from here on: a day as the provider counts it, or an instant. */
    from: dayOrInstant.optional(),
    limit: z.int().min(1).max(100).default(20),
    cursor: z.string().max(2000).optional(),
  }),
  may: anyone,
  run: async (tx, { q, service: wanted, from, limit, cursor }) => {
    const after = cursor === undefined ? undefined : readCursor(cursor)
    const rows = await tx
      .select()
      .from(listing)
      .where(
        and(
          sql`${listing.generation} = (select live from projection where name = 'listing')`,
          q === undefined ? undefined : matching(wordsBeginning(q)),
          wanted === undefined ? undefined : offering(wanted),
          after && sql`(${listing.sortName}, ${listing.providerId}) > (${after.name}, ${after.id}::uuid)`,
        ),
      )
      .orderBy(listing.sortName, listing.providerId)
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const now = Date.now()
    const asked = page.map((row) => ({
      providerId: row.providerId,
      serviceIds: row.services.filter((s) => !isId(wanted) || s.id === wanted.toLowerCase()).map((s) => s.id),
      from: from === undefined ? now : Math.max(now, startOf(from, row.timeZone)),
    }))
    const free = await nextFree(tx, asked, now)
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      providers: page.map((row) => ({
        id: row.providerId,
        name: row.name,
        businessId: row.tenantId,
        businessName: row.businessName,
        timeZone: row.timeZone,
        nextFree: free.get(row.providerId) ?? null,
        services: row.services,
      })),
      nextCursor: last ? writeCursor({ name: last.sortName, id: last.providerId }) : null,
    }
  },
})

const matching = (words: string | null): SQL =>
  words === null ? sql`false` : sql`${listing.search} @@ ${words}::tsquery`

const isId = (text: string | undefined): text is string => z.guid().safeParse(text).success

const offering = (wanted: string): SQL =>
  isId(wanted)
    ? sql`${listing.services} @> ${JSON.stringify([{ id: wanted.toLowerCase() }])}::text::jsonb`
    : matching(wordsBeginning(wanted, 'B'))

const startOf = (from: string, zone: string): number =>
  isDate(from) ? startOfDay(zone, from) : (parseInstant(from) ?? Number.NaN)

const cursorSchema = z.strictObject({ name: z.string().max(320), id })

const writeCursor = (at: z.output<typeof cursorSchema>): string =>
  Buffer.from(JSON.stringify(at)).toString('base64url')

/** It comes back from outside, where it may have been changed. */
function readCursor(cursor: string): z.output<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    return refuse('malformed', 'malformed', { errors: { cursor: 'is not a cursor of this list' } })
  }
}

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
