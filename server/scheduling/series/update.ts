import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { series } from '@/db/schema'
import { followSlots } from '@/server/booking/appointment/capabilities'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { today } from '@/server/core/time'
import { venueLocks } from '@/server/location/venue/capabilities'
import { calendarLock, carryOut, merge, type Plan } from '../calendar/capabilities'
import { loadRules } from '../calendar/queries'
import { changeSlots, dropSlots, slotPlace, writeSlots } from '../slot/arrange'
import { hasMoved } from '../slot/model'
import { loadSlotService } from '../slot/queries'
import { endBefore, hasSlotsBefore, planSeries, refuseSeriesClashes, saidOf, termsFor } from './capabilities'
import { seriesCreated, seriesUpdated } from './events'
import { seriesLife } from './model'
import { dateAfter } from './model-recurrence'
import { changesSchema, partSchema, wishOfChange } from './model-wish'
import { loadSeries, wholeOf } from './queries'

/**
 * Changes what is still to come of a series, or what comes from a day on, which then is a series of its own. Just what
 * the preview showed, or nothing: `version` is the preview's.
 */
export const updateSeries = command({
  name: 'scheduling.series.update',
  input: partSchema.extend({ wanted: changesSchema, version: z.string().max(64) }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { seriesId, wanted }) => [
    calendarLock((await loadSeries(tx, seriesId)).providerId),
    ...venueLocks(wanted.place),
  ],
  constraints: { occupancy_never_overlaps: ['slot_conflict'], slot_never_oversold: ['seats_taken'] },
  run: async (tx, { seriesId, from, wanted, version }, context) => {
    const { actor, tenantId, now, correlationId, append } = context
    const was = await loadSeries(tx, seriesId)
    await requireTended(tx, actor, tenantId, was.providerId)
    seriesLife.next(was.status, 'update')
    const service = await loadSlotService(tx, was.serviceId)
    const { providerId, timeZone } = was
    const wish = wishOfChange(wholeOf(was), from, today(timeZone, now.getTime()), wanted)
    if (wish.place !== was.place)
      await slotPlace(tx, { rules: await loadRules(tx, providerId) }, service, wish.place)
    const plan = await planSeries(tx, { providerId, timeZone, service, was }, wish, now)
    if (plan.version !== version) refuse('conflict', 'preview_changed')
    refuseSeriesClashes(plan)
    const { facts, matching, through } = plan
    const splits = from !== undefined && (await hasSlotsBefore(tx, was, from, now))
    const row = {
      ...was,
      ...wish.recurrence,
      durationMinutes: wish.durationMinutes,
      capacity: wish.capacity,
      place: wish.place,
      writtenThrough: through,
      nextOn: dateAfter(wish.recurrence, through),
      ...(splits ? { id: newId(), correlationId, createdAt: now } : {}),
    }
    const own: Plan = splits
      ? merge(endBefore(was, from), {
          events: [
            seriesCreated(row.id, {
              ...saidOf(row),
              serviceId: was.serviceId,
              businessId: tenantId,
              continues: was.id,
            }),
          ],
          write: [(t) => t.insert(series).values(row)],
        })
      : {
          events: [seriesUpdated(was.id, saidOf(row))],
          write: [
            (t) =>
              t
                .update(series)
                .set(row)
                .where(and(eq(series.id, was.id))),
          ],
        }
    const kept = splits ? [...matching.same, ...plan.apart] : []
    const changed = [
      ...matching.changed.map(({ was, to }) => ({ was, to: termsFor(row.id, to) })),
      ...kept.map((slot) => ({ was: slot, to: { ...slot, seriesId: row.id } })),
    ]
    const moves = matching.changed.filter(({ was, to }) => hasMoved(was, to))
    const moved = moves.map(({ was, to }) => {
      const { startsAt, endsAt, place } = to
      return { slotId: was.id, startsAt, endsAt, was: was.place, place }
    })
    const follow = await followSlots(tx, facts, service, moved)
    const created = matching.created.map((w) => termsFor(row.id, w))
    const all = merge(
      plan.stale,
      own,
      dropSlots(facts, matching.lost, now),
      changeSlots(facts, service, changed, now),
      writeSlots(facts, service, created, now).plan,
      follow,
    )
    await append(all.events)
    await carryOut(tx, all)
    const { lost } = matching
    const counts = { created: created.length, changed: matching.changed.length, lost: lost.length }
    return { seriesId: row.id, ...counts, people: plan.booked.length }
  },
})
