import { z } from 'zod'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { instant } from '@/server/core/fields'
import { signedIn } from '@/server/core/policy'
import { inboxLock, saveInbox } from './capabilities'
import { inboxCleared } from './events'
import { readOf } from './queries'

/** All that somebody was shown is read: what came while they looked stays new. */
export const clearInbox = command({
  name: 'notification.inbox.clear',
  input: z.strictObject({ shownTo: instant.optional() }),
  may: signedIn,
  locks: (_tx, _input, { actor }) => (actor.kind === 'user' ? [inboxLock(actor.userId)] : []),
  run: async (tx, { shownTo }, { actor, tenantId, now, append }) => {
    if (actor.kind !== 'user') return refuse('unauthenticated')
    const { userId } = actor
    const before = await readOf(tx, userId)
    const readTo = new Date(Math.min(now.getTime(), shownTo ? Date.parse(shownTo) : Number.POSITIVE_INFINITY))
    const known = before.readTo && before.readTo >= readTo
    if (known && before.opened.length === 0) return { readTo: before.readTo?.toISOString() ?? null }
    const newest = known && before.readTo ? before.readTo : readTo
    await append([inboxCleared(userId, { userId, readTo: newest.toISOString() })])
    await saveInbox(tx, { tenantId, id: userId, readTo: newest, opened: [] })
    return { readTo: newest.toISOString() }
  },
})
