import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, person, someone, testWorld } from '@/db/testing-world'
import { createProvider } from '@/server/business/provider/create'
import { setBookingRules } from '@/server/business/service/set-booking-rules'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { approveAppointment } from './approve'
import { bookAppointment } from './book'
import { countUndecided, countUpcoming, showUndecided, showUpcoming } from './show'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

test('whoever is only a provider is shown what waits for them and what they have ahead, not a colleague’s', async () => {
  const w = await testWorld()
  const { businessId, serviceId } = w
  const userId = newId()
  const own = person(userId, [{ tenantId: businessId, role: 'provider' }])
  const open: [string, string][] = [['08:00', '20:00']]
  const weekly = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, open]))
  const { providerId } = await createProvider.execute(
    {
      businessId,
      name: 'Own',
      userId,
      serviceIds: [serviceId],
      rules: { timeZone: w.zone, weekly, overrides: {} },
    },
    newCall(w.owner),
  )
  await setBookingRules.execute({ businessId, serviceId, requiresApproval: true }, newCall(w.owner))
  const book = (by: string, startTime: string, n: number) =>
    bookAppointment.execute({ providerId: by, serviceId, startTime, client: someone(n) }, newCall(anonymous))
  const mine = await book(providerId, w.at(3, '10:00'), 1)
  const theirs = await book(w.providerId, w.at(3, '10:00'), 2)
  await book(w.providerId, w.at(5, '10:00'), 3)
  const waiting = async (actor = own) =>
    (await showUndecided.execute({ businessId }, newCall(actor))).appointments.map((a) => a.id)
  const counted = async (actor = own) =>
    (await countUndecided.execute({ businessId }, newCall(actor))).waiting
  expect([await waiting(), await counted()]).toEqual([[mine.id], 1])
  expect([(await waiting(w.owner)).length, await counted(w.owner)]).toEqual([3, 3])
  expect(await codeOf(approveAppointment.execute({ id: theirs.id }, newCall(own)))).toBe('not_found')
  expect((await showUpcoming.execute({ businessId }, newCall(own))).appointments).toHaveLength(1)
  const ahead = async (before: string, actor = own) =>
    (await countUpcoming.execute({ businessId, before }, newCall(actor))).appointments
  expect(await Promise.all([ahead(w.at(4, '00:00')), ahead(w.at(4, '00:00'), w.owner)])).toEqual([1, 2])
  expect(await ahead(w.at(3, '10:00'), w.owner)).toBe(0)
  const theirsAhead = { businessId, providerId: w.providerId }
  expect(await countUpcoming.execute(theirsAhead, newCall(w.owner))).toEqual({ appointments: 2 })
})
