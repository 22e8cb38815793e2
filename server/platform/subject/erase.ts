import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { appointment, contact, contactList, contactNote } from '@/db/schema'
import { contactLock } from '@/server/business/contact/capabilities'
import { contactErased } from '@/server/business/contact/events'
import { familyOf } from '@/server/business/contact/queries'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { allSettled } from '@/server/core/pipeline'
import { members } from '@/server/core/policy'
import { forget, forgetAnswers } from './capabilities'

/**
 * Forgets a person a business booked for, under every entry they had. What happened stays in the log and in the books; who
 * it was does not.
 */
export const eraseSubject = command({
  name: 'platform.subject.erase',
  input: z.strictObject({ businessId: id, contactId: id }),
  may: members('owner', 'admin'),
  locks: async (tx, { contactId }) => {
    const family = await familyOf(tx, contactId)
    return [...new Set([contactId, ...family.map((row) => row.id)])].map(contactLock)
  },
  run: async (tx, { businessId, contactId }, { tenantId, now, append }) => {
    const family = await familyOf(tx, contactId)
    if (family.length === 0) refuse('not_found')
    const known = family.filter((row) => row.erasedAt === null)
    const ids = known.map((row) => row.id)
    const erased = { contactId, erased: true as const }
    const forgetting = (await allSettled(ids.map((one) => forget(tx, tenantId, one, now)))).filter(
      (one) => one !== null,
    )
    if (forgetting.length === 0) return erased
    const bookings = await tx
      .select({ id: appointment.id })
      .from(appointment)
      .where(and(eq(appointment.tenantId, tenantId), inArray(appointment.contactId, ids)))
    await append([
      ...ids.map((one) => contactErased(one, { contactId: one, businessId })),
      ...forgetting.map(({ event }) => event),
    ])
    for (const { destroy } of forgetting) await destroy(tx)
    await tx
      .update(contact)
      .set({ name: null, email: null, phone: null, userId: null, erasedAt: now })
      .where(and(eq(contact.tenantId, tenantId), inArray(contact.id, ids)))
    await tx.update(appointment).set({ meetingLink: null }).where(inArray(appointment.contactId, ids))
    await tx.delete(contactNote).where(inArray(contactNote.contactId, ids))
    // Lists that wait to be taken over may name them too.
    await tx.delete(contactList)
    const words = [...ids, ...bookings.map((b) => b.id), ...known.flatMap((p) => [p.name, p.email, p.phone])]
    await forgetAnswers(
      tx,
      tenantId,
      words.filter((word) => word !== null),
    )
    return erased
  },
})
