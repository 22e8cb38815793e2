import { z } from 'zod'
import { contactNote } from '@/db/schema'
import { command } from '@/server/core/command'
import { id, prose } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { contactLock, loadContact } from './capabilities'
import { contactNoteAdded } from './events'
import { longestNote } from './model'

/** Written down about somebody by one of the business's people, for the others. */
export const addNote = command({
  name: 'business.contact.add_note',
  input: z.strictObject({
    businessId: id,
    contactId: id,
    text: prose(longestNote).refine((text) => text.length > 0, 'must not be empty'),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { contactId }) => [contactLock(contactId)],
  run: async (tx, { businessId, contactId, text }, { actor, tenantId, now, append }) => {
    await loadContact(tx, contactId)
    const noteId = newId()
    await append([contactNoteAdded(contactId, { contactId, businessId, noteId, text })])
    const authorId = actor.kind === 'user' ? actor.userId : null
    await tx.insert(contactNote).values({ tenantId, id: noteId, contactId, authorId, text, createdAt: now })
    return { noteId }
  },
})
