import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { carryOut } from '@/server/scheduling/calendar/capabilities'
import { createContact } from './capabilities'
import { personFields } from './model'

export const addContact = command({
  name: 'business.contact.add',
  input: personFields.extend({ businessId: id }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { businessId: _, ...person }, { tenantId, now, append }) => {
    const { contactId, plan } = createContact(tenantId, person, now)
    await append(plan.events)
    await carryOut(tx, plan)
    return { contactId }
  },
})
