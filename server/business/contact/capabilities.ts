import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { contact } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import type { Plan } from '@/server/scheduling/calendar/capabilities'
import { contactCreated } from './events'
import type { PersonFields } from './model'
import type { ContactRow } from './queries'

export const contactLock = (contactId: string): string => `contact:${contactId}`

/** Somebody a business books for, by what they said of themselves. */
export function createContact(
  tenantId: string,
  { name, email, phone }: PersonFields,
  now: Date,
  contactId = newId(),
): { contactId: string; plan: Plan } {
  const person = { name, email, phone }
  return {
    contactId,
    plan: {
      events: [contactCreated(contactId, { contactId, businessId: tenantId, userId: null, ...person })],
      write: [(tx) => tx.insert(contact).values({ tenantId, id: contactId, ...person, createdAt: now })],
    },
  }
}

/** Somebody who is still known, and is not known as somebody else. */
export async function loadContact(tx: Tx, contactId: string): Promise<ContactRow> {
  const [row] = await tx
    .select()
    .from(contact)
    .where(and(eq(contact.id, contactId), isNull(contact.erasedAt)))
  if (!row) return refuse('not_found')
  return row.mergedInto ? refuse('conflict', 'merged_away', { into: row.mergedInto }) : row
}

/** They all say the same of themselves, so that whoever reads one of them reads what is true. */
export const sayOfAll = (tx: Tx, ids: readonly string[], { name, email, phone }: PersonFields) =>
  tx
    .update(contact)
    .set({ name, email, phone })
    .where(inArray(contact.id, [...ids]))
