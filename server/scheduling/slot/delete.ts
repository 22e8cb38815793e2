import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { slot } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock, carryOut, factsAround } from '../calendar/capabilities'
import { closeSlot } from './capabilities'
import { slotLife } from './model'
import { loadSlot } from './queries'

/** Takes a slot back. Whoever booked a seat is told and refunded by the workflow that follows from the event. */
export const deleteSlot = command({
  name: 'scheduling.slot.delete',
  input: z.strictObject({ businessId: id, slotId: id }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { slotId }) => [calendarLock((await loadSlot(tx, slotId)).providerId)],
  run: async (tx, { slotId }, { now, append }) => {
    const row = await loadSlot(tx, slotId)
    slotLife.next(row.status, 'delete')
    const facts = await factsAround(tx, row.providerId, row.serviceId, row.startsAt.getTime())
    const own = facts.slots.find((s) => s.id === slotId) ?? refuse('not_found')
    const plan = closeSlot(facts, own, now)
    await append(plan.events)
    await carryOut(tx, plan)
    const [after] = await tx.select({ taken: slot.taken }).from(slot).where(eq(slot.id, slotId))
    return { slotId, seatsBooked: after?.taken ?? 0 }
  },
})
