import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

const canRead = { roles: ['owner', 'admin'], subject: true } as const

export const contactCreated = defineEvent('business.contact.created.v1', {
  birth: true,
  schema: z.strictObject({
    contactId: z.guid(),
    businessId: z.guid(),
    userId: z.guid().nullable(),
    name: z.string(),
    /** Whoever books by telephone may have none; readers know null, for that is what erasing leaves. */
    email: z.string().nullable(),
    phone: z.string().nullable(),
  }),
  retention: 'y7',
  private: ['name', 'email', 'phone'],
  subject: (d) => d.contactId,
  topics: ({ tenantId }) => [`business:${tenantId}`],
  canRead,
})

export const contactErased = defineEvent('business.contact.erased.v1', {
  schema: z.strictObject({ contactId: z.guid(), businessId: z.guid() }),
  retention: 'y7',
  topics: ({ tenantId }) => [`business:${tenantId}`],
  canRead,
})
