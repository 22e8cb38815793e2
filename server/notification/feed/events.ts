import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

/** Somebody opened a calendar of all they booked, anew perhaps, or closed it: null. */
export const feedSet = defineEvent('notification.feed.set.v1', {
  schema: z.strictObject({ userId: z.guid(), feedId: z.guid().nullable() }),
  retention: 'y3',
  subject: (d) => d.userId,
  topics: ({ aggregateId }) => [`user:${aggregateId}`],
  canRead: { roles: [], subject: true },
})
