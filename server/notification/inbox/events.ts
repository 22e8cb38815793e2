import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

/** Theirs alone, in whichever browser: the number at the bell follows. */
const own = {
  retention: 'y1',
  subject: (d: { userId: string }) => d.userId,
  topics: ({ aggregateId }: { aggregateId: string }) => [`user:${aggregateId}`],
  canRead: { roles: [], subject: true },
} as const

export const inboxOpened = defineEvent('notification.inbox.opened.v1', {
  schema: z.strictObject({ userId: z.guid(), notificationId: z.guid() }),
  ...own,
})

/** Everything up to then was read. */
export const inboxCleared = defineEvent('notification.inbox.cleared.v1', {
  schema: z.strictObject({ userId: z.guid(), readTo: z.iso.datetime() }),
  ...own,
})
