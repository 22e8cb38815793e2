import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { contactNote } from '@/db/schema'
import { rolesIn } from '@/server/core/actor'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { contactLock } from './capabilities'
import { contactNoteRemoved } from './events'

/** Taken back by whoever wrote it, or by those who run the business. */
export const removeNote = command({
  name: 'business.contact.remove_note',
  input: z.strictObject({ businessId: id, noteId: id }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { noteId }) => {
    const [note] = await tx.select().from(contactNote).where(eq(contactNote.id, noteId))
    return note ? [contactLock(note.contactId)] : []
  },
  run: async (tx, { businessId, noteId }, { actor, append }) => {
    const [note] = await tx.select().from(contactNote).where(eq(contactNote.id, noteId))
    if (!note) return refuse('not_found')
    const runs = rolesIn(actor, businessId).some((role) => role === 'owner' || role === 'admin')
    const wrote = actor.kind === 'user' && actor.userId === note.authorId
    if (!runs && !wrote) refuse('forbidden')
    const { contactId } = note
    await append([contactNoteRemoved(contactId, { contactId, businessId, noteId })])
    await tx.delete(contactNote).where(eq(contactNote.id, noteId))
    return { noteId }
  },
})
