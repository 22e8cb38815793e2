import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { choices } from './model'

/** Somebody, a contact of a business or a user, said what they want to hear of. All that they ever chose. */
export const preferenceSet = defineEvent('notification.preference.set.v1', {
  schema: z.strictObject({ subjectId: z.guid(), choices }),
  retention: 'y7',
  subject: (d) => d.subjectId,
  topics: ({ tenantId }) => [`business:${tenantId}`],
  canRead: { roles: ['owner', 'admin'], subject: true },
})
