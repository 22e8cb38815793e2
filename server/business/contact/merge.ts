import { inArray } from 'drizzle-orm'
import { z } from 'zod'
import { contact } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { contactLock, loadContact, sayOfAll } from './capabilities'
import { contactMerged, contactUpdated } from './events'
import { familyOf } from './queries'

/**
 * Two entries turned out to be one person. The one that stays says who they are, and takes from the other what it did not
 * know. Facts keep the id they were told with; reading follows, so that it can be undone.
 */
export const mergeContacts = command({
  name: 'business.contact.merge',
  input: z.strictObject({ businessId: id, contactId: id, intoId: id }),
  may: members('owner', 'admin'),
  locks: async (tx, { contactId, intoId }) => {
    const family = await familyOf(tx, contactId)
    return [...new Set([contactId, intoId, ...family.map((row) => row.id)])].map(contactLock)
  },
  run: async (tx, { businessId, contactId, intoId }, { append }) => {
    if (contactId === intoId) refuse('conflict', 'same_person')
    const [gone, stays] = [await loadContact(tx, contactId), await loadContact(tx, intoId)]
    const moved = (await familyOf(tx, contactId)).map((row) => row.id)
    const person = {
      name: stays.name ?? '',
      email: stays.email ?? gone.email,
      phone: stays.phone ?? gone.phone,
    }
    const learned = person.email !== stays.email || person.phone !== stays.phone
    await append([
      ...moved.map((one) => contactMerged(one, { contactId: one, businessId, intoId })),
      ...(learned ? [contactUpdated(intoId, { contactId: intoId, businessId, ...person })] : []),
    ])
    await tx.update(contact).set({ mergedInto: intoId }).where(inArray(contact.id, moved))
    const family = await familyOf(tx, intoId)
    await sayOfAll(
      tx,
      family.map((row) => row.id),
      person,
    )
    return { contactId: intoId, merged: moved.length }
  },
})
