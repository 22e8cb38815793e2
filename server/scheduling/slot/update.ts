import { z } from 'zod'
import { followSlots } from '@/server/booking/appointment/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock, carryOut, clearExpired, merge } from '../calendar/capabilities'
import { calendarTime } from '../calendar/queries'
import { leaveOut } from '../series/capabilities'
import { changeSlots, reachOfSlot, refuseClashes, seeSlots } from './arrange'
import { mostSeats, slotLife, whyNotTimes } from './model'
import { loadSlot, loadSlotService } from './queries'

/**
 * Changes one written slot. Whoever booked it goes with it and is told; who only held it chooses again. Of a series, it
 * stands on its own from then on.
 */
export const updateSlot = command({
  name: 'scheduling.slot.update',
  input: z.strictObject({
    businessId: id,
    slotId: id,
    startTime: instant.optional(),
    endTime: instant.optional(),
    maxBookings: z.int().min(1).max(mostSeats).optional(),
    isAvailable: z.boolean().optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { slotId }) => [calendarLock((await loadSlot(tx, slotId)).providerId)],
  constraints: { occupancy_never_overlaps: ['slot_conflict'], slot_never_oversold: ['seats_taken'] },
  run: async (tx, input, { now, append }) => {
    const row = await loadSlot(tx, input.slotId)
    slotLife.next(row.status, 'update')
    if (row.origin !== 'written') refuse('conflict', 'not_written')
    const [service, [was]] = await Promise.all([loadSlotService(tx, row.serviceId), seeSlots(tx, [row])])
    if (!was) refuse('not_found')
    const startsAt = input.startTime ? Date.parse(input.startTime) : was.startsAt
    const endsAt = input.endTime ? Date.parse(input.endTime) : startsAt + was.endsAt - was.startsAt
    const { maxBookings: capacity = was.capacity, isAvailable: open = was.open } = input
    const { seriesId, occursOn } = was
    const wrong = whyNotTimes(startsAt, endsAt)
    if (wrong) refuse('malformed', 'malformed', { errors: { endTime: wrong } })
    const moves = startsAt !== was.startsAt || endsAt !== was.endsAt
    if (was.startsAt <= now.getTime() || startsAt <= now.getTime()) refuse('conflict', 'in_the_past')
    const reach = reachOfSlot({ startsAt, endsAt }, service)
    const window = { from: Math.min(reach.from, was.startsAt), to: Math.max(reach.to, was.endsAt) }
    const facts = (await calendarTime(tx, row.providerId, window)) ?? refuse('not_found')
    const stale = clearExpired(facts, reach, now)
    facts.busy = facts.busy.filter((o) => o.refId !== row.id)
    if (moves) refuseClashes(facts.busy, reach)
    const to = { startsAt, endsAt, capacity, open, seriesId, occursOn }
    const change = changeSlots(facts, service, [{ was, to }], now)
    const follow = moves ? await followSlots(tx, [{ slotId: row.id, startsAt, endsAt }]) : merge()
    const apart = seriesId && occursOn ? await leaveOut(tx, seriesId, occursOn) : merge()
    const all = merge(stale, change, follow, apart)
    if (capacity < row.taken) refuse('conflict', 'seats_taken', { taken: row.taken })
    await append(all.events)
    await carryOut(tx, all)
    const times = { startTime: rfc3339(startsAt), endTime: rfc3339(endsAt) }
    return { slotId: row.id, ...times, maxBookings: capacity, isAvailable: open }
  },
})
