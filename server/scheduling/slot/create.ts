import { z } from 'zod'
import { occupancy, slot } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { MINUTE } from '@/server/core/time'
import { calendarLock, carryOut, clearExpired, factsAround, merge } from '../calendar/capabilities'
import { slotCreated } from './events'

/** Writes one slot. It takes the provider's time, whatever the hours say, and clashes are named before anything is saved. */
export const createSlot = command({
  name: 'scheduling.slot.create',
  input: z.strictObject({
    businessId: id,
    providerId: id,
    serviceId: id,
    startTime: instant,
    endTime: instant.optional(),
    maxBookings: z.int().min(1).max(1000).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  constraints: { occupancy_never_overlaps: ['slot_conflict'] },
  run: async (tx, input, { tenantId, now, append }) => {
    const startsAt = Date.parse(input.startTime)
    const facts = await factsAround(tx, input.providerId, input.serviceId, startsAt)
    if (facts.tenantId !== tenantId) refuse('not_found')
    const { service } = facts
    const endsAt = input.endTime ? Date.parse(input.endTime) : startsAt + service.durationMinutes * MINUTE
    const wrong =
      endsAt <= startsAt
        ? 'must be after startTime'
        : endsAt - startsAt > 24 * 60 * MINUTE
          ? 'must be within a day'
          : null
    if (wrong) refuse('malformed', 'malformed', { errors: { endTime: wrong } })
    if (startsAt <= now.getTime()) refuse('conflict', 'in_the_past')
    const busyFrom = startsAt - service.bufferBeforeMinutes * MINUTE
    const busyTo = endsAt + service.bufferAfterMinutes * MINUTE
    const stale = clearExpired(facts, { from: busyFrom, to: busyTo }, now)
    const clashes = facts.busy.filter((o) => o.to > busyFrom && o.from < busyTo)
    if (clashes.length > 0)
      refuse('conflict', 'slot_conflict', {
        conflicts: clashes.map((o) => ({
          kind: o.kind,
          startTime: rfc3339(o.startsAt),
          endTime: rfc3339(o.endsAt),
        })),
      })
    const slotId = newId()
    const capacity = input.maxBookings ?? service.capacity
    const times = { startTime: rfc3339(startsAt), endTime: rfc3339(endsAt) }
    const said = {
      slotId,
      serviceId: service.id,
      providerId: input.providerId,
      businessId: tenantId,
      ...times,
      maxBookings: capacity,
      isRecurring: false,
      origin: 'written' as const,
      createdAt: now.toISOString(),
    }
    const all = merge(stale, { events: [slotCreated(slotId, said)], write: [] })
    await append(all.events)
    const at = {
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
      providerId: input.providerId,
      tenantId,
    }
    all.write.push(
      (t) =>
        t
          .insert(slot)
          .values({ ...at, id: slotId, serviceId: service.id, capacity, origin: 'written', status: 'open' }),
      (t) =>
        t.insert(occupancy).values({
          ...at,
          id: slotId,
          kind: 'slot',
          refId: slotId,
          busyFrom: new Date(busyFrom),
          busyTo: new Date(busyTo),
        }),
    )
    await carryOut(tx, all)
    return { slotId, ...times, maxBookings: capacity }
  },
})
