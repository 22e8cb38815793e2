import { z } from 'zod'
import { followSlots } from '@/server/booking/appointment/capabilities'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { venueLocks } from '@/server/location/venue/capabilities'
import { calendarLock, carryOut, merge } from '../calendar/capabilities'
import { leaveOut, refuseSeriesClashes } from '../series/capabilities'
import { changeSlots } from './arrange'
import { planSlot, slotChangesSchema } from './preview'
import { loadSlot } from './queries'

/**
 * Changes one written slot. Whoever booked it goes with it and is told; who only held it chooses again. Of a series, it
 * stands on its own from then on.
 */
export const updateSlot = command({
  name: 'scheduling.slot.update',
  input: slotChangesSchema.extend({
    businessId: id,
    slotId: id,
    /** Of the preview, where there was one: only what it showed is done. */
    version: z.string().max(64).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { slotId, place }) => [
    calendarLock((await loadSlot(tx, slotId)).providerId),
    ...venueLocks(place),
  ],
  constraints: { occupancy_never_overlaps: ['slot_conflict'], slot_never_oversold: ['seats_taken'] },
  run: async (tx, { slotId, version, businessId: _, ...wanted }, { actor, tenantId, now, append }) => {
    const row = await loadSlot(tx, slotId)
    await requireTended(tx, actor, tenantId, row.providerId)
    const plan = await planSlot(tx, row, wanted, now)
    const { service, facts, was, to, moves } = plan
    if (version !== undefined && version !== plan.version) refuse('conflict', 'preview_changed')
    if (was.startsAt <= now.getTime() || to.startsAt <= now.getTime()) refuse('conflict', 'in_the_past')
    if (to.capacity < was.taken - heldIn(moves ? was.holds : []))
      refuse('conflict', 'seats_taken', { taken: was.taken })
    refuseSeriesClashes(plan)
    const { startsAt, endsAt } = to
    const times = { startTime: rfc3339(startsAt), endTime: rfc3339(endsAt) }
    const answer = { slotId, ...times, maxBookings: to.capacity, isAvailable: to.open }
    if (plan.isSame) return answer
    const change = changeSlots(facts, service, [{ was, to }], now)
    const moved = { slotId, startsAt, endsAt, was: was.place, place: to.place }
    const follow = await followSlots(tx, facts, service, moves ? [moved] : [])
    const apart = to.seriesId && to.occursOn ? await leaveOut(tx, to.seriesId, to.occursOn) : merge()
    const all = merge(plan.stale, change, follow, apart)
    await append(all.events)
    await carryOut(tx, all)
    return answer
  },
})

const heldIn = (holds: readonly { seats: number }[]) => holds.reduce((sum, { seats }) => sum + seats, 0)
