import { contact } from '@/db/schema'
import { newId } from '@/server/core/id'
import type { Plan } from '@/server/scheduling/calendar/capabilities'
import { contactCreated } from './events'

type Person = { name: string; email: string | null; phone: string | null }

/** Somebody a business books for, by what they said of themselves. */
export function createContact(
  tenantId: string,
  person: Person,
  now: Date,
): { contactId: string; plan: Plan } {
  const contactId = newId()
  return {
    contactId,
    plan: {
      events: [contactCreated(contactId, { contactId, businessId: tenantId, userId: null, ...person })],
      write: [(tx) => tx.insert(contact).values({ tenantId, id: contactId, ...person, createdAt: now })],
    },
  }
}
