import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { anonymous } from '@/server/core/actor'
import { newCall, oncePer } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { createSlot } from '@/server/scheduling/slot/create'
import { approveAppointment } from './approve'
import { bookForClient } from './book-for-client'
import { bookSeveral } from './book-several'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(async () => {
  await assertInvariants(db.owner)
  await db.drop()
})

const booked = async (w: World): Promise<number> =>
  (
    await db.owner<
      { n: number }[]
    >`select count(*)::int as n from appointment where tenant_id = ${w.businessId}`
  )[0]?.n ?? 0

/** As a form that is pressed twice sends it: at once, and under one name. */
const twice = <T>(send: () => Promise<T>): Promise<[T, T]> => Promise.all([send(), send()])
const form = () => `form:${newId()}`
const group = async (w: World, startTime: string) => {
  const { businessId, providerId, serviceId } = w
  await createSlot.execute({ businessId, providerId, serviceId, startTime, maxBookings: 6 }, newCall(w.owner))
}

test.each([
  ['of a group', 3],
  ['of a service for one', 1],
])('a series %s is booked once, and both are told of the same bookings', async (_, capacity) => {
  const w = await testWorld({ capacity })
  const items = [3, 10].map((day) => ({
    providerId: w.providerId,
    serviceId: w.serviceId,
    startTime: w.at(day, '10:00'),
  }))
  if (capacity > 1) for (const { startTime } of items) await group(w, startTime)
  const idempotencyKey = form()
  const send = (client = someone('series')) =>
    bookSeveral.execute({ items, client }, newCall(anonymous, { idempotencyKey }))
  const [one, other] = await twice(send)
  expect(other).toEqual(one)
  expect(await booked(w)).toBe(2)
  const corrected = someone('corrected')
  expect(await codeOf(send(corrected))).toBe('idempotency_key_reused')
  const asked = { items, client: corrected }
  expect(await bookSeveral.answered(asked, newCall(anonymous, { idempotencyKey }))).toEqual(one)
  expect(await bookSeveral.answered(asked, newCall(anonymous, { idempotencyKey: form() }))).toBeNull()
  expect(await bookSeveral.answered(asked, newCall(anonymous))).toBeNull()
  expect(await booked(w)).toBe(2)
})

test('staff book a caller into a group once', async () => {
  const w = await testWorld({ capacity: 6 })
  const { businessId, providerId, serviceId } = w
  const startTime = w.at(3, '10:00')
  await group(w, startTime)
  const idempotencyKey = form()
  const wanted = { businessId, providerId, serviceId, startTime, client: someone('caller') }
  const [one, other] = await twice(() => bookForClient.execute(wanted, newCall(w.owner, { idempotencyKey })))
  expect(other).toEqual(one)
  expect(await booked(w)).toBe(1)
})

test('what somebody else did under a key of the same name is nobody else’s answer', async () => {
  const w = await testWorld({ capacity: 6 })
  const { businessId, providerId, serviceId } = w
  const idempotencyKey = form()
  const wanted = { businessId, providerId, serviceId, startTime: w.at(3, '10:00'), client: someone('caller') }
  await bookForClient.execute(wanted, newCall(w.owner, { idempotencyKey }))
  const stranger = newCall(anonymous, { idempotencyKey })
  expect(await codeOf(bookForClient.answered(wanted, stranger))).toBe('unauthenticated')
})

test('of several things in one form each is done once', async () => {
  const w = await testWorld()
  const call = newCall(w.owner, { idempotencyKey: form() })
  expect(oncePer(call, 'one').idempotencyKey).not.toBe(oncePer(call, 'other').idempotencyKey)
  expect(oncePer(newCall(w.owner), 'one').idempotencyKey).toBeUndefined()
  expect(await codeOf(approveAppointment.execute({ id: newId() }, oncePer(call, 'one')))).toBe('not_found')
})
