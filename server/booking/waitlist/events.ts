import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { wish } from './model'

const canRead = {
  roles: ['owner', 'admin', 'provider'],
  subject: true,
  bearer: 'waitlist',
  external: true,
} as const
const topics = ({ tenantId, aggregateId }: { tenantId: string; aggregateId: string }) => [
  `business:${tenantId}`,
  `waitlist:${aggregateId}`,
]
const at = z.iso.datetime()
const who = { waitlistId: z.guid(), businessId: z.guid(), serviceId: z.guid(), clientId: z.guid() }
const common = { retention: 'y7', topics, canRead } as const

export const waitlistJoined = defineEvent('booking.waitlist.joined.v1', {
  birth: true,
  schema: z.strictObject({ ...who, seats: z.int(), wish }),
  ...common,
})

/** A time is kept for whoever waited longest, until `expiresAt`. */
export const waitlistOffered = defineEvent('booking.waitlist.offered.v1', {
  schema: z.strictObject({
    ...who,
    holdId: z.guid(),
    providerId: z.guid(),
    startTime: at,
    endTime: at,
    expiresAt: at,
  }),
  ...common,
})

export const waitlistAccepted = defineEvent('booking.waitlist.accepted.v1', {
  schema: z.strictObject({ ...who, bookingId: z.guid() }),
  ...common,
})
/** What was kept for somebody went unanswered; or there was never anything for them, and what they wished for is over. */
export const waitlistLapsed = defineEvent('booking.waitlist.lapsed.v1', {
  schema: z.strictObject({ ...who, reason: z.enum(['wish_over']).optional() }),
  ...common,
})
export const waitlistLeft = defineEvent('booking.waitlist.left.v1', {
  schema: z.strictObject(who),
  ...common,
})
