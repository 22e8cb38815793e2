import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { calendar, provider, providerService } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { id, line, nameKey } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { tends } from './model-tending'

/** A business's own providers by name, also those whom visitors do not see; a page at a time by key. */
export const listProviders = query({
  name: 'business.provider.list',
  input: z.strictObject({
    businessId: id,
    q: line(100, 0).optional(),
    limit: z.int().min(1).max(100).default(25),
    after: z.strictObject({ name: nameKey(200), id }).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { q, limit, after }) => {
    const rows = await tx
      .select({ id: provider.id, name: provider.name, bio: provider.bio, published: provider.published })
      .from(provider)
      .where(
        and(
          eq(provider.status, 'active'),
          q ? sql`strpos(lower(${provider.name}), lower(${q})) > 0` : undefined,
          after ? sql`(${provider.name}, ${provider.id}) > (${after.name}, ${after.id}::uuid)` : undefined,
        ),
      )
      .orderBy(asc(provider.name), asc(provider.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const pairs = page.length
      ? await tx
          .select()
          .from(providerService)
          .where(
            inArray(
              providerService.providerId,
              page.map((p) => p.id),
            ),
          )
      : []
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      providers: page.map((p) => ({
        ...p,
        services: pairs.filter((pair) => pair.providerId === p.id).length,
      })),
      after: last ? { name: last.name, id: last.id } : null,
    }
  },
})

/** One of them as whoever edits them needs it. What opens a room or a calendar is told to whoever tends it. */
export const listedProvider = query({
  name: 'business.provider.show_own',
  input: z.strictObject({ businessId: id, providerId: id }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { providerId }, { call, tenantId }) => {
    const [row] = await tx
      .select({ provider, rules: calendar.rules })
      .from(provider)
      .innerJoin(
        calendar,
        and(eq(calendar.tenantId, provider.tenantId), eq(calendar.providerId, provider.id)),
      )
      .where(eq(provider.id, providerId))
    if (!row) refuse('not_found')
    const pairs = await tx
      .select({ serviceId: providerService.serviceId })
      .from(providerService)
      .where(eq(providerService.providerId, providerId))
    const { id: own, name, bio, published, status, userId, feedId, roomLink } = row.provider
    const tended = tends(call.actor, tenantId, userId)
    return {
      id: own,
      name,
      bio,
      published,
      status,
      userId,
      feedId: tended ? feedId : null,
      roomLink: tended ? roomLink : null,
      rules: row.rules,
      serviceIds: pairs.map((p) => p.serviceId),
    }
  },
})
