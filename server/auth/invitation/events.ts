import { z } from 'zod'
import { roles } from '@/server/core/actor'
import { defineEvent } from '@/server/core/events'

const canRead = { roles: ['owner', 'admin'] } as const
const topics = ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`]

export const invitationSent = defineEvent('auth.invitation.sent.v1', {
  birth: true,
  schema: z.strictObject({
    invitationId: z.guid(),
    businessId: z.guid(),
    email: z.string(),
    role: z.enum(roles),
    invitedBy: z.guid(),
    expiresAt: z.iso.datetime(),
  }),
  retention: 'y3',
  private: ['email'],
  subject: (d) => d.invitationId,
  topics,
  canRead,
})

export const invitationAccepted = defineEvent('auth.invitation.accepted.v1', {
  schema: z.strictObject({ invitationId: z.guid(), businessId: z.guid(), userId: z.guid() }),
  retention: 'y3',
  topics,
  canRead,
})

export const invitationWithdrawn = defineEvent('auth.invitation.withdrawn.v1', {
  schema: z.strictObject({ invitationId: z.guid(), businessId: z.guid() }),
  retention: 'y3',
  topics,
  canRead,
})
