import { afterAll, beforeAll, expect, test } from 'vitest'
import { appDb } from '@/db/client'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { bookHeld } from '@/server/booking/appointment/book-held'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { declineAppointment } from '@/server/booking/appointment/decline'
import { planSeries } from '@/server/booking/appointment/plan-series'
import { undoChange } from '@/server/booking/appointment/undo-change'
import { setBookingRules } from '@/server/business/service/set-booking-rules'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { nextFree } from '@/server/scheduling/calendar/queries'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'
import { placeHold } from '@/server/scheduling/hold/place'
import { releaseHold } from '@/server/scheduling/hold/release'
import { bookedByService } from './booked'
import { updateProvider } from './update'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const by = (resource: string, id: string): Actor => ({
  kind: 'bearer',
  id: `${resource}:${id}`,
  resource,
  resourceId: id,
})
const pairOf = ({ providerId, serviceId }: World) => ({ providerId, serviceId })
const book = (w: World, startTime: string, n = 1) =>
  bookAppointment.execute({ ...pairOf(w), startTime, client: someone(n) }, newCall(anonymous))
const hold = (w: World, startTime: string) =>
  placeHold.execute({ ...pairOf(w), startTime, holder: newId() }, newCall(anonymous))
const giveNothing = ({ businessId, providerId, owner }: World) =>
  updateProvider.execute({ businessId, providerId, changes: { serviceIds: [] } }, newCall(owner))
const askFirst = ({ businessId, serviceId, owner }: World) =>
  setBookingRules.execute(
    { businessId, serviceId, requiresApproval: true, decideWithinHours: 24, questions: [] },
    newCall(owner),
  )

test('what was booked or held before a provider stopped giving a service can still be ended', async () => {
  const w = await testWorld()
  const [sure, sorry] = [await book(w, w.at(3, '09:00')), await book(w, w.at(3, '10:00'))]
  const [left, wanted] = [await hold(w, w.at(3, '15:00')), await hold(w, w.at(3, '16:00'))]
  await askFirst(w)
  const asked = await book(w, w.at(3, '12:00'))
  await giveNothing(w)
  const staff = newCall(w.owner)
  await cancelAppointment.execute({ id: sure.id }, newCall(by('appointment', sure.id)))
  await cancelAppointment.execute({ id: sorry.id }, staff)
  await undoChange.execute({ id: sorry.id }, staff)
  await declineAppointment.execute({ id: asked.id }, staff)
  await releaseHold.execute({ holdId: left.id }, newCall(by('hold', left.id)))
  await bookHeld.execute({ holdId: wanted.id, client: someone() }, newCall(by('hold', wanted.id)))
  const taken = await db.owner`
    select starts_at from occupancy where tenant_id = ${w.businessId} order by starts_at`
  expect(taken.map((row) => row.starts_at.toISOString())).toEqual(
    [w.at(3, '10:00'), w.at(3, '16:00')].map((at) => new Date(at).toISOString()),
  )
  await assertInvariants(db.owner)
})

test('nobody is offered what a provider no longer gives, and nobody gets it', async () => {
  const w = await testWorld()
  const startTime = w.at(3, '09:00')
  const now = Date.now()
  const next = () =>
    nextFree(appDb(), [{ providerId: w.providerId, serviceIds: [w.serviceId], from: now }], now)
  expect((await next()).size).toBe(1)
  await giveNothing(w)
  expect((await next()).size).toBe(0)
  expect(await codeOf(showAvailability(pairOf(w)))).toBe('not_found')
  expect(await codeOf(planSeries.execute({ ...pairOf(w), startTime }, newCall(anonymous)))).toBe('not_found')
  expect(await codeOf(book(w, startTime))).toBe('not_offered')
  expect(await codeOf(hold(w, startTime))).toBe('not_offered')
})

test('who still comes is counted for each service, so that taking one away can say it', async () => {
  const w = await testWorld()
  const { businessId, providerId, serviceId } = w
  const staff = newCall(w.owner)
  await book(w, w.at(3, '09:00'))
  const gone = await book(w, w.at(3, '10:00'))
  await cancelAppointment.execute({ id: gone.id }, staff)
  const { services } = await bookedByService.execute({ businessId, providerId }, staff)
  expect(services).toEqual([{ serviceId, appointments: 1 }])
})
