import { z } from 'zod'
import type { Data } from '@/server/core/events'
import { email, line, phone } from '@/server/core/fields'
import type {
  contactCreated,
  contactLinked,
  contactMerged,
  contactNoteAdded,
  contactNoteRemoved,
} from './events'

/** What a business says of somebody. A name is needed to call them by; the rest may not be known. */
export const personFields = z.strictObject({
  name: line(120),
  email: email.nullable().default(null),
  phone: phone.nullable().default(null),
})
export type PersonFields = z.output<typeof personFields>

export const longestNote = 4000

/** What a fold can say of a contact: who it is stays sealed, so personal columns are not part of it. */
export type Contact = { userId: string | null; mergedInto: string | null; notes: string[]; erased: boolean }

export const evolveContact = {
  'business.contact.created.v1': (_: Contact | null, d: Data<typeof contactCreated>): Contact => ({
    userId: d.userId,
    mergedInto: null,
    notes: [],
    erased: false,
  }),
  'business.contact.updated.v1': (s: Contact): Contact => s,
  'business.contact.note_added.v1': (s: Contact, { noteId }: Data<typeof contactNoteAdded>): Contact => ({
    ...s,
    notes: [...s.notes, noteId],
  }),
  'business.contact.note_removed.v1': (s: Contact, { noteId }: Data<typeof contactNoteRemoved>): Contact => ({
    ...s,
    notes: s.notes.filter((note) => note !== noteId),
  }),
  'business.contact.merged.v1': (s: Contact, { intoId }: Data<typeof contactMerged>): Contact => ({
    ...s,
    mergedInto: intoId,
  }),
  'business.contact.linked.v1': (s: Contact, { userId }: Data<typeof contactLinked>): Contact => ({
    ...s,
    userId,
  }),
  'business.contact.unlinked.v1': (s: Contact): Contact => ({ ...s, userId: null }),
  'business.contact.separated.v1': (s: Contact): Contact => ({ ...s, mergedInto: null }),
  'business.contact.erased.v1': (s: Contact): Contact => ({ ...s, userId: null, notes: [], erased: true }),
}
