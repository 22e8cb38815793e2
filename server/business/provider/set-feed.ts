import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { provider } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { requireTended } from './capabilities'
import { providerFeedSet } from './events'

/** Opens a calendar's secret address, anew if there was one: whoever had the old one has nothing. Or closes it. */
export const setFeed = command({
  name: 'business.provider.set_feed',
  input: z.strictObject({ businessId: id, providerId: id, open: z.boolean() }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [`feed:${providerId}`],
  run: async (tx, { businessId, providerId, open }, { actor, tenantId, append }) => {
    const own = and(eq(provider.tenantId, tenantId), eq(provider.id, providerId))
    const [row] = await tx.select({ feedId: provider.feedId }).from(provider).where(own)
    if (!row) return refuse('not_found')
    await requireTended(tx, actor, tenantId, providerId)
    const feedId = open ? newId() : null
    if (feedId === row.feedId) return { feedId }
    await append([providerFeedSet(providerId, { providerId, businessId, feedId })])
    await tx.update(provider).set({ feedId }).where(own)
    return { feedId }
  },
})
