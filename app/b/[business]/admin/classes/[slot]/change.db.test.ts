import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { addDays, formatInstant, today, toInstant } from '@/server/core/time'
import { createSeries } from '@/server/scheduling/series/create'
import { showSlot } from '@/server/scheduling/slot/show'
import { changeOf, leaveOutName, typedOf } from './change'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

async function thirdOfFive() {
  const w = await testWorld()
  const { businessId, providerId, serviceId } = w
  const startDate = addDays(today(w.zone, Date.now()), 7)
  const about = { businessId, providerId, serviceId, startDate, time: '18:00', maxBookings: 2 }
  const { slotIds } = await createSeries.execute({ ...about, rrule: 'FREQ=WEEKLY;COUNT=5' }, newCall(w.owner))
  const slot = await showSlot.execute({ businessId, slotId: slotIds[2] ?? '' }, newCall(w.owner))
  return { w, startDate, slot, typed: typedOf(slot) }
}

test.each(['following', 'all'])('a repetition is changed from what it is: %s', async (scope) => {
  const { w, slot, typed } = await thirdOfFive()
  expect(typed).toMatchObject({ every: '1', end: 'after', times: '3' })
  const change = changeOf(w.businessId, slot, { ...typed, scope, repeat: 'weekly' })
  const seen = await change.preview(newCall(w.owner))
  expect(seen).toMatchObject({ created: [], changed: [], lost: [], same: scope === 'all' ? 5 : 3 })
})

test('days that are ticked are left out, and who had booked them is named', async () => {
  const { w, slot, startDate, typed } = await thirdOfFive()
  const { providerId, serviceId, zone } = w
  const last = addDays(startDate, 28)
  const startTime = formatInstant(toInstant(zone, last, 18 * 60).instant)
  await bookAppointment.execute({ providerId, serviceId, startTime, client: someone(1) }, newCall(anonymous))
  const asked = { ...typed, scope: 'following', repeat: 'keep', time: '19:00', [leaveOutName(last)]: 'on' }
  const seen = await changeOf(w.businessId, slot, asked).preview(newCall(w.owner))
  expect(seen).toMatchObject({ changed: [{}, {}], lost: [{ date: last, people: [{ name: 'Client 1' }] }] })
})
