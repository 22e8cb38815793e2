import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { series } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { members } from '@/server/core/policy'
import { today } from '@/server/core/time'
import { calendarLock, carryOut, merge, type Plan } from '../calendar/capabilities'
import { dropSlots } from '../slot/arrange'
import { loadSlotService } from '../slot/queries'
import { endBefore, hasSlotsBefore, planSeries } from './capabilities'
import { seriesEnded } from './events'
import { seriesLife } from './model'
import { ruleBefore } from './model-recurrence'
import { partSchema, wishOfChange } from './model-wish'
import { loadSeries, recurrenceOf, wholeOf } from './queries'

/** Takes back what is still to come of a series, or what comes from a day on. Whoever booked is told and refunded, slot by slot. */
export const endSeries = command({
  name: 'scheduling.series.end',
  input: partSchema.extend({ version: z.string().max(64) }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { seriesId }) => [calendarLock((await loadSeries(tx, seriesId)).providerId)],
  run: async (tx, { seriesId, from, version }, { actor, tenantId, now, append }) => {
    const was = await loadSeries(tx, seriesId)
    await requireTended(tx, actor, tenantId, was.providerId)
    const status = seriesLife.next(was.status, 'end')
    const service = await loadSlotService(tx, was.serviceId)
    const { providerId, timeZone } = was
    const day = today(timeZone, now.getTime())
    const wish = wishOfChange(wholeOf(was), from, day, {})
    const about = { providerId, timeZone, service, was }
    const plan = await planSeries(tx, about, { ...wish, recurrence: null }, now)
    if (plan.version !== version) refuse('conflict', 'preview_changed')
    const goesOn = from !== undefined && (await hasSlotsBefore(tx, was, from, now))
    const rrule = ruleBefore(recurrenceOf(was), from ?? day)
    const own: Plan = goesOn
      ? endBefore(was, from)
      : {
          events: [seriesEnded(was.id, { seriesId: was.id, providerId, rrule })],
          write: [(t) => t.update(series).set({ rrule, status, nextOn: null }).where(eq(series.id, was.id))],
        }
    const all = merge(plan.stale, own, dropSlots(plan.facts, plan.matching.lost, now))
    await append(all.events)
    await carryOut(tx, all)
    return { seriesId, lost: plan.matching.lost.length, people: plan.booked.length }
  },
})
