import { z } from 'zod'
import { ownFeed } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { signedIn } from '@/server/core/policy'
import { feedSet } from './events'
import { ownFeedId } from './queries'

/** Opens the secret address of all that somebody booked, anew if there was one: whoever had the old one has nothing. Or closes it. */
export const setOwnFeed = command({
  name: 'notification.feed.set_own',
  input: z.strictObject({ open: z.boolean() }),
  may: signedIn,
  locks: (_tx, _input, { actor }) => (actor.kind === 'user' ? [`feed:${actor.userId}`] : []),
  run: async (tx, { open }, { actor, tenantId, append }) => {
    if (actor.kind !== 'user') return refuse('unauthenticated')
    const { userId } = actor
    const feedId = open ? newId() : null
    if (feedId === (await ownFeedId(tx, userId))) return { feedId }
    await append([feedSet(userId, { userId, feedId })])
    await tx
      .insert(ownFeed)
      .values({ tenantId, id: userId, feedId })
      .onConflictDoUpdate({ target: [ownFeed.tenantId, ownFeed.id], set: { feedId } })
    return { feedId }
  },
})
