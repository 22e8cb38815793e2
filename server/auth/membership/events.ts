import { z } from 'zod'
import { roles } from '@/server/core/actor'
import { defineEvent } from '@/server/core/events'

const canRead = { roles: ['owner', 'admin'], subject: true } as const
const topics = ({ tenantId, data }: { tenantId: string; data: { userId: string } }) => [
  `business:${tenantId}`,
  `user:${data.userId}`,
]
const subject = ({ userId }: { userId: string }) => userId
const schema = z.strictObject({
  membershipId: z.guid(),
  businessId: z.guid(),
  userId: z.guid(),
  role: z.enum(roles),
})

export const membershipGranted = defineEvent('auth.membership.granted.v1', {
  schema,
  retention: 'y3',
  subject,
  topics,
  canRead,
})

export const membershipRevoked = defineEvent('auth.membership.revoked.v1', {
  schema,
  retention: 'y3',
  subject,
  topics,
  canRead,
})
