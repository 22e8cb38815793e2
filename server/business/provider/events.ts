import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

const read = { roles: ['owner', 'admin', 'provider'], public: true, external: true } as const
const topics = ({ tenantId, aggregateId }: { tenantId: string; aggregateId: string }) => [
  `business:${tenantId}`,
  `catalogue:${tenantId}`,
  `calendar:${aggregateId}`,
]

const profile = {
  name: z.string(),
  bio: z.string(),
  timeZone: z.string(),
  published: z.boolean(),
  serviceIds: z.array(z.guid()),
}

/** A provider's name is published by the business as its own offer; contact data stays with the user. */
export const providerCreated = defineEvent('business.provider.created.v1', {
  birth: true,
  schema: z.strictObject({
    providerId: z.guid(),
    businessId: z.guid(),
    userId: z.guid().nullable(),
    ...profile,
  }),
  retention: 'y3',
  topics,
  canRead: read,
})

export const providerUpdated = defineEvent('business.provider.updated.v1', {
  schema: z.strictObject({
    providerId: z.guid(),
    businessId: z.guid(),
    changes: z.strictObject(profile).partial(),
  }),
  retention: 'y3',
  topics,
  canRead: read,
})

/** Whose calendar it is, or nobody's: a room, a machine. */
export const providerLinked = defineEvent('business.provider.linked.v1', {
  schema: z.strictObject({ providerId: z.guid(), businessId: z.guid(), userId: z.guid().nullable() }),
  retention: 'y3',
  topics: ({ tenantId }) => [`business:${tenantId}`],
  canRead: { roles: ['owner', 'admin', 'provider'] },
})

/** Under which name their calendar is followed from outside; null where it no longer is. */
export const providerFeedSet = defineEvent('business.provider.feed_set.v1', {
  schema: z.strictObject({ providerId: z.guid(), businessId: z.guid(), feedId: z.guid().nullable() }),
  retention: 'y3',
  topics: ({ tenantId }) => [`business:${tenantId}`],
  canRead: { roles: ['owner', 'admin', 'provider'] },
})

/** Their own meeting room, or none: whoever has its link may enter. */
export const providerRoomSet = defineEvent('business.provider.room_set.v1', {
  schema: z.strictObject({ providerId: z.guid(), businessId: z.guid(), link: z.string().nullable() }),
  retention: 'y3',
  private: ['link'],
  subject: (d) => d.providerId,
  topics: ({ tenantId }) => [`business:${tenantId}`],
  canRead: { roles: ['owner', 'admin', 'provider'] },
})

export const providerArchived = defineEvent('business.provider.archived.v1', {
  schema: z.strictObject({ providerId: z.guid(), businessId: z.guid() }),
  retention: 'y3',
  topics,
  canRead: read,
})
