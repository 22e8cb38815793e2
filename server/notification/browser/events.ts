import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

/** Where a browser is reached is a secret of its own, and stays in its row. */
const own = {
  retention: 'y1',
  subject: (d: { userId: string }) => d.userId,
  topics: ({ data }: { data: { userId: string } }) => [`user:${data.userId}`],
  canRead: { roles: [], subject: true },
} as const

export const browserSubscribed = defineEvent('notification.browser.subscribed.v1', {
  birth: true,
  schema: z.strictObject({ browserId: z.guid(), userId: z.guid(), sessionId: z.guid() }),
  ...own,
})

/** By its owner, by whoever uses that browser now, or because nothing reaches it any more. */
export const browserRemoved = defineEvent('notification.browser.removed.v1', {
  schema: z.strictObject({ browserId: z.guid(), userId: z.guid() }),
  ...own,
})
