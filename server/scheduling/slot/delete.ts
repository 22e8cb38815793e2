import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock, carryOut, merge } from '../calendar/capabilities'
import { calendarTime } from '../calendar/queries'
import { leaveOut } from '../series/capabilities'
import { dropSlots, seeSlots } from './arrange'
import { slotLife } from './model'
import { planSlot } from './preview'
import { loadSlot } from './queries'

/** Takes a slot back that is still to come. Whoever booked a seat is told and refunded by the workflow that follows from the event. */
export const deleteSlot = command({
  name: 'scheduling.slot.delete',
  input: z.strictObject({ businessId: id, slotId: id, version: z.string().max(64).optional() }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { slotId }) => [calendarLock((await loadSlot(tx, slotId)).providerId)],
  run: async (tx, { slotId, version }, { actor, tenantId, now, append }) => {
    const row = await loadSlot(tx, slotId)
    await requireTended(tx, actor, tenantId, row.providerId)
    slotLife.next(row.status, 'delete')
    if (row.startsAt <= now) refuse('conflict', 'in_the_past')
    if (version !== undefined && version !== (await planSlot(tx, row, {}, now)).version)
      refuse('conflict', 'preview_changed')
    const window = { from: row.startsAt.getTime(), to: row.endsAt.getTime() }
    const facts = (await calendarTime(tx, row.providerId, window)) ?? refuse('not_found')
    const seen = await seeSlots(tx, [row])
    const held = seen.flatMap(({ holds }) => holds).reduce((sum, { seats }) => sum + seats, 0)
    const { seriesId, occursOn } = row
    const apart = seriesId && occursOn ? await leaveOut(tx, seriesId, occursOn) : merge()
    const plan = merge(dropSlots(facts, seen, now), apart)
    await append(plan.events)
    await carryOut(tx, plan)
    return { slotId, seatsBooked: row.taken - held }
  },
})
