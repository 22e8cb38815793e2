import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { createSlot } from '@/server/scheduling/slot/create'
import { bookAppointment } from './book'
import { bookForClient } from './book-for-client'
import { getBooking } from './queries'
import { rescheduleAppointment } from './reschedule'
import { undoChange } from './undo-change'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const book = (w: World, startTime: string, n = 1) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone(n) },
    newCall(anonymous),
  )
type Move = Parameters<typeof rescheduleAppointment.execute>[0]
const move = (w: World, input: Move, by: Actor = w.owner) => rescheduleAppointment.execute(input, newCall(by))
const linkOf = (id: string): Actor => ({
  kind: 'bearer',
  id: `appointment:${id}`,
  resource: 'appointment',
  resourceId: id,
})
const forClient = (w: World, startTime: string, endTime?: string, override = false) =>
  bookForClient.execute(
    {
      businessId: w.businessId,
      providerId: w.providerId,
      serviceId: w.serviceId,
      client: someone(9),
      startTime,
      ...(endTime ? { endTime } : {}),
      override,
    },
    newCall(w.owner),
  )

test('an appointment is made longer and shorter, keeps its length and terms when it is moved, and is undone', async () => {
  const w = await testWorld({ amount: 5000 })
  const { id } = await book(w, w.at(3, '10:00'))
  const longer = { id, startTime: w.at(3, '10:00'), endTime: w.at(3, '11:30') }
  expect(await move(w, longer)).toMatchObject({ endTime: w.at(3, '11:30') })
  expect(await codeOf(book(w, w.at(3, '11:00'), 2))).toBe('slot_taken')
  await undoChange.execute({ id }, newCall(w.owner))
  expect(await getBooking.execute({ id }, newCall(w.owner))).toMatchObject({ endTime: w.at(3, '11:00') })
  await move(w, longer)
  const moved = await move(w, { id, startTime: w.at(4, '14:00') })
  expect(moved).toMatchObject({ startTime: w.at(4, '14:00'), endTime: w.at(4, '15:30') })
  expect(moved.price).toEqual({ amount: 5000, currency: 'EUR' })
  const asked = await move(w, { id, startTime: w.at(5, '09:00') }, linkOf(id))
  expect(asked).toMatchObject({ endTime: w.at(5, '10:30') })
  const shorter = { id, startTime: w.at(5, '09:00'), endTime: w.at(5, '09:30') }
  expect(await move(w, shorter)).toMatchObject({ endTime: w.at(5, '09:30') })
  expect(await codeOf(book(w, w.at(5, '09:30'), 3))).toBe('ok')
  expect(await codeOf(move(w, { ...shorter, endTime: w.at(5, '09:45') }))).toBe('slot_taken')
})

test('what it gains has to be had, with its buffers; nobody stretches into closed hours unseen', async () => {
  const w = await testWorld({ bufferAfterMinutes: 30 })
  const { id } = await book(w, w.at(3, '10:00'))
  await book(w, w.at(3, '12:00'), 2)
  const until = (endTime: string, override = false) =>
    codeOf(move(w, { id, startTime: w.at(3, '10:00'), endTime, override }))
  expect(await until(w.at(3, '12:00'), true)).toBe('slot_taken')
  expect(await until(w.at(3, '11:45'))).toBe('slot_taken')
  expect(await until(w.at(3, '11:30'))).toBe('ok')
  expect(await until(w.at(3, '10:00'))).toBe('malformed')
  expect(await until(w.at(12, '10:00'))).toBe('malformed')
  const late = await book(w, w.at(4, '19:00'), 3)
  const past = { id: late.id, startTime: w.at(4, '19:00'), endTime: w.at(4, '20:30') }
  expect(await codeOf(move(w, past))).toBe('outside_hours')
  expect(await codeOf(move(w, { ...past, override: true }))).toBe('ok')
  expect(await codeOf(move(w, { ...past, endTime: w.at(4, '20:15') }))).toBe('ok')
  expect(await codeOf(move(w, past, linkOf(late.id)))).toBe('forbidden')
})

test('a caller is given as long as they need; a group and a written time keep their length', async () => {
  const w = await testWorld()
  const long = await forClient(w, w.at(3, '10:00'), w.at(3, '12:15'))
  expect(long).toMatchObject({ endTime: w.at(3, '12:15') })
  expect(await codeOf(forClient(w, w.at(3, '12:00')))).toBe('slot_taken')
  expect(await codeOf(forClient(w, w.at(3, '19:00'), w.at(3, '20:30')))).toBe('outside_hours')
  const { businessId, providerId, serviceId } = w
  const startTime = w.at(5, '10:00')
  const written = { businessId, providerId, serviceId, startTime, endTime: w.at(5, '11:30') }
  await createSlot.execute(written, newCall(w.owner))
  expect(await codeOf(forClient(w, startTime, w.at(5, '10:30')))).toBe('malformed')
  const { id, endTime } = await forClient(w, startTime)
  expect(endTime).toBe(w.at(5, '11:30'))
  expect(await codeOf(move(w, { id, startTime, endTime: w.at(5, '12:00') }))).toBe('malformed')
  const group = await testWorld({ capacity: 4 })
  expect(await codeOf(forClient(group, group.at(3, '10:00'), group.at(3, '11:30')))).toBe('malformed')
})

test('one is made longer while ten strangers want the time it would gain: either has it', async () => {
  const w = await testWorld()
  const { id } = await book(w, w.at(3, '10:00'))
  const outcomes = await Promise.all([
    codeOf(move(w, { id, startTime: w.at(3, '10:00'), endTime: w.at(3, '12:00') })),
    ...Array.from({ length: 10 }, (_, n) => codeOf(book(w, w.at(3, '11:00'), 10 + n))),
  ])
  expect(outcomes.filter((code) => code === 'ok')).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(new Set(['ok', 'slot_taken']))
}, 60_000)

test('who came without a booking is written down after it began, and only where that is meant', async () => {
  const w = await testWorld({}, zoneAt(14))
  const began = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 5 * 60_000)
    .toISOString()
    .replace('.000Z', 'Z')
  expect(await codeOf(forClient(w, began))).toBe('began_lately')
  const made = await forClient(w, began, undefined, true)
  expect(made).toMatchObject({ status: 'confirmed', startTime: began })
  const soon = new Date(Date.parse(began) + 20 * 60_000).toISOString().replace('.000Z', 'Z')
  expect(await move(w, { id: made.id, startTime: began, endTime: soon })).toMatchObject({ endTime: soon })
  expect(await codeOf(forClient(w, w.at(-1, '10:00'), undefined, true))).toBe('in_the_past')
})

/** A zone in which it is about this hour now. */
function zoneAt(hour: number): string {
  const east = ((hour - new Date().getUTCHours() + 36) % 24) - 12
  return east === 0 ? 'Etc/GMT' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`
}
