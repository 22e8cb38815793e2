import { series } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { venueLocks } from '@/server/location/venue/capabilities'
import { calendarLock, carryOut, merge } from '../calendar/capabilities'
import { loadRules } from '../calendar/queries'
import { slotPlace, writeSlots } from '../slot/arrange'
import { offeredService } from '../slot/queries'
import { planSeries, refuseSeriesClashes, saidOf, termsFor } from './capabilities'
import { seriesCreated } from './events'
import { dateAfter } from './model-recurrence'
import { newSeriesSchema, wishOfNew } from './model-wish'

/** Writes a slot again and again, as far as can be booked; a sweep goes on from there. Either all of its days are free, or none is written. */
export const createSeries = command({
  name: 'scheduling.series.create',
  input: newSeriesSchema,
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId, place }) => [calendarLock(providerId), ...venueLocks(place)],
  constraints: { occupancy_never_overlaps: ['slot_conflict'] },
  run: async (tx, input, { actor, tenantId, now, correlationId, append }) => {
    const { providerId, serviceId } = input
    await requireTended(tx, actor, tenantId, providerId)
    const service = await offeredService(tx, providerId, serviceId)
    const rules = await loadRules(tx, providerId)
    const { timeZone } = rules
    const place = await slotPlace(tx, { rules }, service, input.place)
    const wish = wishOfNew(input, service, { timeZone, place })
    const plan = await planSeries(tx, { providerId, timeZone, service, was: null }, wish, now)
    const { facts, through, matching } = plan
    refuseSeriesClashes(plan)
    const nextOn = dateAfter(wish.recurrence, through)
    if (matching.created.length === 0 && !nextOn)
      refuse('malformed', 'malformed', { errors: { rrule: 'has no day ahead' } })
    const row = {
      tenantId,
      id: newId(),
      providerId,
      serviceId,
      ...wish.recurrence,
      durationMinutes: wish.durationMinutes,
      capacity: wish.capacity,
      place,
      status: 'active' as const,
      writtenThrough: through,
      nextOn,
      correlationId,
      createdAt: now,
    }
    const born = seriesCreated(row.id, { ...saidOf(row), serviceId, businessId: tenantId, continues: null })
    const written = writeSlots(
      facts,
      service,
      matching.created.map((w) => termsFor(row.id, w)),
      now,
    )
    const all = merge(
      plan.stale,
      { events: [born], write: [(t) => t.insert(series).values(row)] },
      written.plan,
    )
    await append(all.events)
    await carryOut(tx, all)
    return { seriesId: row.id, slotIds: written.slotIds, writtenThrough: through }
  },
})
