import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { series } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { addDays } from '@/server/core/time'
import { calendarLock, carryOut, merge } from '../calendar/capabilities'
import { writeSlots } from '../slot/arrange'
import { loadSlotService } from '../slot/queries'
import { planSeries, termsFor } from './capabilities'
import { seriesExtended } from './events'
import { seriesLife } from './model'
import { dateAfter } from './model-recurrence'
import { loadSeries, recurrenceOf } from './queries'

/** Time went on: writes the days that have come within reach. What stands in the way of one leaves that one out. */
export const extendSeries = command({
  name: 'scheduling.series.extend',
  input: z.strictObject({ businessId: id, seriesId: id }),
  may: systemOnly,
  locks: async (tx, { seriesId }) => [calendarLock((await loadSeries(tx, seriesId)).providerId)],
  constraints: { occupancy_never_overlaps: ['slot_conflict'] },
  run: async (tx, { seriesId }, { now, append }) => {
    const row = await loadSeries(tx, seriesId)
    if (!seriesLife.can(row.status, 'extend')) return { slots: 0 }
    const { providerId, timeZone, durationMinutes, capacity, place } = row
    const service = await loadSlotService(tx, row.serviceId)
    const recurrence = recurrenceOf(row)
    const begins = addDays(row.writtenThrough, 1)
    const wish = { from: begins, begins, recurrence, durationMinutes, capacity, place }
    const plan = await planSeries(tx, { providerId, timeZone, service, was: null }, wish, now)
    const { facts, through, matching, clashes } = plan
    if (through <= row.writtenThrough) return { slots: 0 }
    const written = matching.created.filter(({ date }) => !clashes.has(date))
    const leftOut = [...clashes].map(([date, [clash]]) => ({ date, kind: clash?.kind ?? 'slot' }))
    const nextOn = dateAfter(recurrence, through)
    if (written.length + leftOut.length === 0) {
      await tx.update(series).set({ nextOn }).where(eq(series.id, seriesId))
      return { slots: 0 }
    }
    const exDates = [...row.exDates, ...leftOut.map(({ date }) => date)]
    const said = { seriesId, providerId, writtenThrough: through, slots: written.length, leftOut }
    const extended = { writtenThrough: through, exDates, nextOn }
    const all = merge(
      plan.stale,
      {
        events: [seriesExtended(seriesId, said)],
        write: [(t) => t.update(series).set(extended).where(eq(series.id, seriesId))],
      },
      writeSlots(
        facts,
        service,
        written.map((w) => termsFor(seriesId, w)),
        now,
      ).plan,
    )
    await append(all.events)
    await carryOut(tx, all)
    return { slots: written.length }
  },
})
