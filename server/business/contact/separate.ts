import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { contact } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { contactLock, sayOfAll } from './capabilities'
import { contactSeparated } from './events'
import { ownWords } from './queries'

/** Takes a merge back: they are who they were, with what was booked for them. */
export const separateContact = command({
  name: 'business.contact.separate',
  input: z.strictObject({ businessId: id, contactId: id }),
  may: members('owner', 'admin'),
  locks: async (tx, { contactId }) => {
    const [row] = await tx.select().from(contact).where(eq(contact.id, contactId))
    return [contactId, ...(row?.mergedInto ? [row.mergedInto] : [])].map(contactLock)
  },
  run: async (tx, { businessId, contactId }, { tenantId, append }) => {
    const [row] = await tx
      .select()
      .from(contact)
      .where(and(eq(contact.id, contactId), isNull(contact.erasedAt)))
    if (!row) return refuse('not_found')
    const own = row.mergedInto && (await ownWords(tx, tenantId, contactId))
    if (!row.mergedInto || !own) return refuse('conflict', 'wrong_state')
    await append([contactSeparated(contactId, { contactId, businessId, fromId: row.mergedInto })])
    const merged = and(eq(contact.id, contactId), isNotNull(contact.mergedInto))
    await tx.update(contact).set({ mergedInto: null }).where(merged)
    await sayOfAll(tx, [contactId], own)
    return { contactId }
  },
})
