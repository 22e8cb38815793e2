import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, person, someone, testWorld } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { createProvider } from '@/server/business/provider/create'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { addDays, today } from '@/server/core/time'
import { createSeries } from '../series/create'
import { endSeries } from '../series/end'
import { listSeries } from '../series/list'
import { listOffers } from '../series/list-offers'
import { previewNewSeries, previewSeries } from '../series/preview'
import { seriesRouter } from '../series/router'
import { updateSeries } from '../series/update'
import { createSlot } from './create'
import { deleteSlot } from './delete'
import { listSlots } from './list'
import { previewSlot } from './preview'
import { slotRouter } from './router'
import { showSlot } from './show'
import { updateSlot } from './update'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

/** A business with a class and a series of this provider's, and somebody booked in both. */
async function studio() {
  const w = await testWorld()
  const { businessId, serviceId, owner } = w
  const userId = newId()
  const own: Actor = person(userId, [{ tenantId: businessId, role: 'provider' }])
  const rules = { timeZone: w.zone, weekly: {}, overrides: {} }
  const mine = { businessId, name: 'Own', rules, userId, serviceIds: [serviceId] }
  const { providerId: ownId } = await createProvider.execute(mine, newCall(owner))
  const startDate = addDays(today(w.zone, Date.now()), 4)
  const newSeries = (providerId: string, time: string) => {
    const wish = { rrule: 'FREQ=WEEKLY;COUNT=4', startDate, time, maxBookings: 3 }
    return { businessId, providerId, serviceId, ...wish }
  }
  const newSlot = (providerId: string, startTime: string) => ({
    businessId,
    providerId,
    serviceId,
    startTime,
  })
  async function classesOf(providerId: string) {
    const { slotId } = await createSlot.execute(newSlot(providerId, w.at(3, '14:00')), newCall(owner))
    const { seriesId } = await createSeries.execute(newSeries(providerId, '15:00'), newCall(owner))
    const booked = { providerId, serviceId, startTime: w.at(3, '14:00'), client: someone() }
    await bookAppointment.execute(booked, newCall(anonymous))
    /** Everything that can be asked of them, the ends last. */
    const attempts = async (actor: Actor): Promise<Record<string, string>> => {
      const call = newCall(actor)
      const [slot, series] = [
        { businessId, slotId },
        { businessId, seriesId },
      ]
      const version = async (wanted: { maxBookings: number } | null) =>
        (await previewSeries.execute({ ...series, wanted }, newCall(owner))).version
      const wanted = { maxBookings: 5 }
      return {
        'slot.create': await codeOf(createSlot.execute(newSlot(providerId, w.at(3, '17:00')), call)),
        'slot.show': await codeOf(showSlot.execute(slot, call)),
        'slot.preview': await codeOf(previewSlot.execute({ ...slot, wanted }, call)),
        'slot.update': await codeOf(updateSlot.execute({ ...slot, ...wanted }, call)),
        'slot.delete': await codeOf(deleteSlot.execute(slot, call)),
        'series.previewNew': await codeOf(previewNewSeries.execute(newSeries(providerId, '18:00'), call)),
        'series.create': await codeOf(createSeries.execute(newSeries(providerId, '18:00'), call)),
        'series.preview': await codeOf(previewSeries.execute({ ...series, wanted }, call)),
        'series.update': await codeOf(
          updateSeries.execute({ ...series, wanted, version: await version(wanted) }, call),
        ),
        'series.end': await codeOf(endSeries.execute({ ...series, version: await version(null) }, call)),
      }
    }
    return { slotId, seriesId, attempts }
  }
  const [theirs, owns] = [await classesOf(w.providerId), await classesOf(ownId)]
  return { w, own, ownId, theirs, owns }
}

/** What a list answers by itself: with one's own alone. */
const lists = ['slot.list', 'series.list', 'series.offers']
const every = Object.entries({ slot: slotRouter, series: seriesRouter }).flatMap(([noun, router]) =>
  Object.keys(router._def.procedures).map((name) => `${noun}.${name}`),
)
const all = (names: string[], code: string) => Object.fromEntries(names.map((name) => [name, code]))

test('whoever is only a provider writes and reads their own classes, whatever they ask; a colleague’s are not found', async () => {
  const { w, own, ownId, theirs, owns } = await studio()
  const asked = every.filter((name) => !lists.includes(name))
  expect(await theirs.attempts(own)).toEqual(all(asked, 'not_found'))
  const { businessId } = w
  const call = newCall(own)
  const { slots } = await listSlots.execute({ businessId, limit: 100 }, call)
  expect(new Set(slots.map(({ providerName }) => providerName))).toEqual(new Set(['Own']))
  const { series } = await listSeries.execute({ businessId }, call)
  expect(series.map(({ id }) => id)).toEqual([owns.seriesId])
  const { offers } = await listOffers.execute({ businessId }, call)
  expect(offers.flatMap(({ providers }) => providers.map(({ id }) => id))).toEqual([ownId])
  expect(await owns.attempts(own)).toEqual(all(asked, 'ok'))
  expect(await theirs.attempts(w.owner)).toEqual(all(asked, 'ok'))
  await assertInvariants(db.owner)
})
