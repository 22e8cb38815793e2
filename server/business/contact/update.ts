import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { contactLock, loadContact, sayOfAll } from './capabilities'
import { contactUpdated } from './events'
import { personFields } from './model'
import { familyOf } from './queries'

export const updateContact = command({
  name: 'business.contact.update',
  input: personFields.extend({ businessId: id, contactId: id }),
  may: members('owner', 'admin'),
  locks: (_tx, { contactId }) => [contactLock(contactId)],
  run: async (tx, { businessId, contactId, ...person }, { append }) => {
    await loadContact(tx, contactId)
    const family = await familyOf(tx, contactId)
    await append([contactUpdated(contactId, { contactId, businessId, ...person })])
    await sayOfAll(
      tx,
      family.map((row) => row.id),
      person,
    )
    return { contactId }
  },
})
