import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { appointment, contact } from '@/db/schema'
import { contactErased } from '@/server/business/contact/events'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { forget, forgetAnswers } from './capabilities'

/** Forgets a person a business booked for. What happened stays in the log and in the books; who it was does not. */
export const eraseSubject = command({
  name: 'platform.subject.erase',
  input: z.strictObject({ businessId: id, contactId: id }),
  may: members('owner', 'admin'),
  locks: (_tx, { contactId }) => [`contact:${contactId}`],
  run: async (tx, { businessId, contactId }, { tenantId, now, append }) => {
    const own = and(eq(contact.tenantId, tenantId), eq(contact.id, contactId))
    const [row] = await tx.select().from(contact).where(own)
    if (!row) refuse('not_found')
    const forgetting = await forget(tx, tenantId, contactId, now)
    if (row.erasedAt || !forgetting) return { contactId, erased: true as const }
    const bookings = await tx
      .select({ id: appointment.id })
      .from(appointment)
      .where(and(eq(appointment.tenantId, tenantId), eq(appointment.contactId, contactId)))
    await append([contactErased(contactId, { contactId, businessId }), forgetting.event])
    await forgetting.destroy(tx)
    await tx
      .update(contact)
      .set({ name: null, email: null, phone: null, userId: null, erasedAt: now })
      .where(own)
    const words = [contactId, ...bookings.map((b) => b.id), row.name, row.email, row.phone]
    await forgetAnswers(
      tx,
      tenantId,
      words.filter((word) => word !== null),
    )
    return { contactId, erased: true as const }
  },
})
