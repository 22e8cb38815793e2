import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

export const subjectErased = defineEvent('platform.subject.erased.v1', {
  schema: z.strictObject({ subjectId: z.guid(), keyId: z.guid().nullable() }),
  retention: 'y7',
  topics: ({ tenantId }) => [`business:${tenantId}`],
  canRead: { roles: ['owner', 'admin'] },
})
