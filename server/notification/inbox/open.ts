import { z } from 'zod'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { signedIn } from '@/server/core/policy'
import { inboxLock, saveInbox } from './capabilities'
import { inboxOpened } from './events'
import { alsoOpened } from './model'
import { noticeOf, readOf } from './queries'

/** Somebody read one of their notices. */
export const openNotice = command({
  name: 'notification.inbox.open',
  input: z.strictObject({ notificationId: id }),
  may: signedIn,
  locks: (_tx, _input, { actor }) => (actor.kind === 'user' ? [inboxLock(actor.userId)] : []),
  run: async (tx, { notificationId }, { actor, tenantId, append }) => {
    if (actor.kind !== 'user') return refuse('unauthenticated')
    const { userId } = actor
    const notice = await noticeOf(tx, actor, notificationId)
    if (!notice) return refuse('not_found')
    if (!notice.unread) return { notificationId }
    const { readTo, opened } = await readOf(tx, userId)
    await append([inboxOpened(userId, { userId, notificationId })])
    await saveInbox(tx, { tenantId, id: userId, readTo, opened: alsoOpened(opened, notificationId) })
    return { notificationId }
  },
})
