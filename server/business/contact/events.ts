import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

const canRead = { roles: ['owner', 'admin'], subject: true } as const
const topics = ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`]
const who = { contactId: z.guid(), businessId: z.guid() }

/** Whoever books by telephone may have no address; readers know null, for that is what erasing leaves. */
const person = { name: z.string(), email: z.string().nullable(), phone: z.string().nullable() }
const ofThem = {
  retention: 'y7',
  private: ['name', 'email', 'phone'],
  subject: (d: { contactId: string }) => d.contactId,
  topics,
  canRead,
} as const

export const contactCreated = defineEvent('business.contact.created.v1', {
  birth: true,
  schema: z.strictObject({ ...who, userId: z.guid().nullable(), ...person }),
  ...ofThem,
})

export const contactUpdated = defineEvent('business.contact.updated.v1', {
  schema: z.strictObject({ ...who, ...person }),
  ...ofThem,
})

const ofTheAccount = {
  retention: 'y7',
  subject: (d: { userId: string }) => d.userId,
  topics: ({ tenantId, data }: { tenantId: string; data: { userId: string } }) => [
    `business:${tenantId}`,
    `user:${data.userId}`,
  ],
  canRead,
} as const

/** Between the people of the business: whom it is about does not read it. */
const staffOnly = { roles: ['owner', 'admin', 'provider'] } as const

export const contactNoteAdded = defineEvent('business.contact.note_added.v1', {
  schema: z.strictObject({ ...who, noteId: z.guid(), text: z.string() }),
  retention: 'y7',
  private: ['text'],
  subject: (d) => d.contactId,
  topics,
  canRead: staffOnly,
})

export const contactNoteRemoved = defineEvent('business.contact.note_removed.v1', {
  schema: z.strictObject({ ...who, noteId: z.guid() }),
  retention: 'y7',
  topics,
  canRead: staffOnly,
})

/** They turned out to be `intoId`: what was booked for either is that one's. */
export const contactMerged = defineEvent('business.contact.merged.v1', {
  schema: z.strictObject({ ...who, intoId: z.guid() }),
  retention: 'y7',
  topics,
  canRead: staffOnly,
})

/** They are somebody else than `fromId` after all. */
export const contactSeparated = defineEvent('business.contact.separated.v1', {
  schema: z.strictObject({ ...who, fromId: z.guid() }),
  retention: 'y7',
  topics,
  canRead: staffOnly,
})

export const contactErased = defineEvent('business.contact.erased.v1', {
  schema: z.strictObject(who),
  retention: 'y7',
  topics,
  canRead,
})

/** An account proved to have their address: what they booked, its owner sees. */
export const contactLinked = defineEvent('business.contact.linked.v1', {
  schema: z.strictObject({ ...who, userId: z.guid() }),
  ...ofTheAccount,
})

export const contactUnlinked = defineEvent('business.contact.unlinked.v1', {
  schema: z.strictObject({ ...who, userId: z.guid() }),
  ...ofTheAccount,
})
