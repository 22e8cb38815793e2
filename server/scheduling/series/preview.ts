import type { Tx } from '@/db/client'
import { requireTended } from '@/server/business/provider/capabilities'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { today } from '@/server/core/time'
import { loadRules } from '../calendar/queries'
import { slotPlace } from '../slot/arrange'
import { loadSlotService, offeredService } from '../slot/queries'
import { nameClashes, planSeries, type SeriesPlan } from './capabilities'
import { type Impact, shownSlot } from './model-impact'
import type { Wanted } from './model-plan'
import { changesSchema, newSeriesSchema, partSchema, wishOfChange, wishOfNew } from './model-wish'
import { loadSeries, wholeOf } from './queries'

const may = members('owner', 'admin', 'provider')

/** The days that a new series would have, and what stands in their way. */
export const previewNewSeries = query({
  name: 'scheduling.series.preview_new',
  input: newSeriesSchema,
  may,
  run: async (tx, input, { call, tenantId }) => {
    const { providerId, serviceId } = input
    await requireTended(tx, call.actor, tenantId, providerId)
    const service = await offeredService(tx, providerId, serviceId)
    const rules = await loadRules(tx, providerId)
    const { timeZone } = rules
    const place = await slotPlace(tx, { rules }, service, input.place)
    const about = { providerId, timeZone, service, was: null }
    const plan = await planSeries(tx, about, wishOfNew(input, service, { timeZone, place }), new Date())
    return { timeZone, ...(await impactOf(tx, plan)) }
  },
})

/** What a change of a series would bring about, and for whom; `wanted: null` is its end. */
export const previewSeries = query({
  name: 'scheduling.series.preview',
  input: partSchema.extend({ wanted: changesSchema.nullable() }),
  may,
  run: async (tx, { seriesId, from, wanted }, { call, tenantId }) => {
    const row = await loadSeries(tx, seriesId)
    await requireTended(tx, call.actor, tenantId, row.providerId)
    const service = await loadSlotService(tx, row.serviceId)
    const now = new Date()
    const day = today(row.timeZone, now.getTime())
    const wish = wishOfChange(wholeOf(row), from, day, wanted ?? {})
    if (wish.place !== row.place)
      await slotPlace(tx, { rules: await loadRules(tx, row.providerId) }, service, wish.place)
    const about = { providerId: row.providerId, timeZone: row.timeZone, service, was: row }
    const plan = await planSeries(tx, about, wanted ? wish : { ...wish, recurrence: null }, now)
    return { timeZone: row.timeZone, ...(await impactOf(tx, plan)) }
  },
})

async function impactOf(
  tx: Tx,
  { matching, apart, booked, version, clashes: found }: SeriesPlan,
): Promise<Impact> {
  const named = await nameClashes(tx, found)
  const slotOf = (slot: Wanted) => ({ ...shownSlot(slot), clashes: named.get(slot.date) ?? [] })
  const people = (slotId: string) =>
    booked
      .filter((b) => b.slotId === slotId)
      .map(({ bookingId, name, seats }) => ({ bookingId, name, seats }))
  return {
    version,
    created: matching.created.map(slotOf),
    changed: matching.changed.map(({ was, to }) => ({
      slotId: was.id,
      was: shownSlot(was),
      ...slotOf(to),
      people: people(was.id),
    })),
    lost: matching.lost.map((was) => ({ slotId: was.id, ...shownSlot(was), people: people(was.id) })),
    same: matching.same.length,
    apart: apart.map((was) => ({ slotId: was.id, ...shownSlot(was) })),
    people: booked.length,
    clashes: named.size,
  }
}
