import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { MINUTE } from '@/server/core/time'
import { venueLocks } from '@/server/location/venue/capabilities'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import { calendarLock, carryOut, clearExpired, merge } from '../calendar/capabilities'
import { calendarTime } from '../calendar/queries'
import { reachOfSlot, refuseClashes, slotPlace, writeSlots } from './arrange'
import { mostSeats, whyNotTimes } from './model'
import { offeredService } from './queries'

/** Writes one slot. It takes the provider's time, whatever the hours say, and clashes are named before anything is saved. */
export const createSlot = command({
  name: 'scheduling.slot.create',
  input: z.strictObject({
    businessId: id,
    providerId: id,
    serviceId: id,
    startTime: instant,
    endTime: instant.optional(),
    maxBookings: z.int().min(1).max(mostSeats).optional(),
    place: placeSchema.nullable().optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId, place }) => [calendarLock(providerId), ...venueLocks(place)],
  constraints: { occupancy_never_overlaps: ['slot_conflict'] },
  run: async (tx, input, { actor, tenantId, now, append }) => {
    await requireTended(tx, actor, tenantId, input.providerId)
    const service = await offeredService(tx, input.providerId, input.serviceId)
    const startsAt = Date.parse(input.startTime)
    const endsAt = input.endTime ? Date.parse(input.endTime) : startsAt + service.durationMinutes * MINUTE
    const wrong = whyNotTimes(startsAt, endsAt)
    if (wrong) refuse('malformed', 'malformed', { errors: { endTime: wrong } })
    if (startsAt <= now.getTime()) refuse('conflict', 'in_the_past')
    const reach = reachOfSlot({ startsAt, endsAt }, service)
    const facts = (await calendarTime(tx, input.providerId, reach)) ?? refuse('not_found')
    const place = await slotPlace(tx, facts, service, input.place)
    const stale = clearExpired(facts, reach, now)
    refuseClashes(facts.busy, reach)
    const capacity = input.maxBookings ?? service.capacity
    const terms = { startsAt, endsAt, capacity, open: true, seriesId: null, occursOn: null, place }
    const { slotIds, plan } = writeSlots(facts, service, [terms], now)
    const all = merge(stale, plan)
    await append(all.events)
    await carryOut(tx, all)
    const times = { startTime: rfc3339(startsAt), endTime: rfc3339(endsAt) }
    return { slotId: slotIds[0] as string, ...times, maxBookings: capacity }
  },
})
