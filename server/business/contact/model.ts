import type { Data } from '@/server/core/events'
import type { contactCreated } from './events'

/** What a fold can say of a contact: who it is stays sealed, so personal columns are not part of it. */
export type Contact = { userId: string | null; erased: boolean }

export const evolveContact = {
  'business.contact.created.v1': (_: Contact | null, d: Data<typeof contactCreated>): Contact => ({
    userId: d.userId,
    erased: false,
  }),
  'business.contact.erased.v1': (s: Contact): Contact => ({ ...s, userId: null, erased: true }),
}
