import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { completeAppointment } from '@/server/booking/appointment/complete'
import { markNoShow } from '@/server/booking/appointment/mark-no-show'
import { setBookingRules } from '@/server/business/service/set-booking-rules'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { showAvailability } from '../calendar/show-availability'
import { placeHold } from '../hold/place'
import { createSlot } from './create'
import { deleteSlot } from './delete'
import { showSlot } from './show'
import { updateSlot } from './update'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const write = (w: World, startTime: string, maxBookings = 3) =>
  createSlot.execute(
    { businessId: w.businessId, providerId: w.providerId, serviceId: w.serviceId, startTime, maxBookings },
    newCall(w.owner),
  )
const change = (w: World, slotId: string, to: Partial<Parameters<typeof updateSlot.execute>[0]>) =>
  updateSlot.execute({ businessId: w.businessId, slotId, ...to }, newCall(w.owner))
const book = (w: World, startTime: string, n = 1) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone(n) },
    newCall(anonymous),
  )
type Day = { slots: { startTime: string; seatsLeft: number; slotId?: string }[] }
const shown = async (w: World, startTime: string) => {
  const question = {
    providerId: w.providerId,
    serviceId: w.serviceId,
    startDate: startTime.slice(0, 10),
    days: '1',
  }
  const { body, etag } = await showAvailability(question)
  const { days } = JSON.parse(new TextDecoder().decode(body)) as { days: Day[] }
  return { etag, time: days.flatMap((d) => d.slots).find((s) => s.startTime === startTime) }
}
const turns = (slotId: string) =>
  db.owner<{ start: string; was: string; is: string; left: number }[]>`
    select data ->> 'startTime' as start, data ->> 'previousStatus' as was, data ->> 'newStatus' as is,
      (data ->> 'seatsLeft')::int as left
    from event_log where type = 'scheduling.calendar.availability_changed.v1' and data ->> 'slotId' = ${slotId}
    order by pos`
const bookings = (slotId: string) =>
  db.owner<{ at: Date; status: string }[]>`
    select starts_at as at, status from appointment where slot_id = ${slotId} order by id`

describe('a written slot', () => {
  test('is bookable from its birth to its end, and every turn is told', async () => {
    const w = await testWorld()
    const at = w.at(3, '21:00')
    const before = await shown(w, at)
    const { slotId } = await write(w, at, 2)
    const after = await shown(w, at)
    expect(before.time).toBeUndefined()
    expect(after.time).toMatchObject({ slotId, seatsLeft: 2 })
    expect(after.etag).not.toBe(before.etag)
    await book(w, at)
    await change(w, slotId, { isAvailable: false })
    expect(await codeOf(book(w, at, 2))).toBe('slot_taken')
    await change(w, slotId, { isAvailable: true, maxBookings: 1 })
    expect(await codeOf(book(w, at, 2))).toBe('slot_taken')
    await deleteSlot.execute({ businessId: w.businessId, slotId }, newCall(w.owner))
    expect([...(await turns(slotId))]).toEqual([
      { start: at, was: 'blocked', is: 'available', left: 2 },
      { start: at, was: 'available', is: 'available', left: 1 },
      { start: at, was: 'available', is: 'blocked', left: 1 },
      { start: at, was: 'blocked', is: 'booked', left: 0 },
      { start: at, was: 'booked', is: 'blocked', left: 0 },
    ])
    expect((await shown(w, at)).time).toBeUndefined()
  })

  test('takes along whoever booked, and lets go of whoever only held', async () => {
    const w = await testWorld()
    const [from, to] = [w.at(3, '10:00'), w.at(9, '18:00')]
    const { slotId } = await write(w, from)
    await book(w, from)
    const holder = newId()
    const time = { providerId: w.providerId, serviceId: w.serviceId, startTime: from }
    await placeHold.execute({ ...time, holder }, newCall(anonymous))
    expect((await shown(w, from)).time?.seatsLeft).toBe(1)
    await change(w, slotId, { startTime: to, maxBookings: 2 })
    expect((await shown(w, to)).time).toMatchObject({ slotId, seatsLeft: 1 })
    expect((await shown(w, from)).time?.slotId).toBeUndefined()
    expect([...(await bookings(slotId))]).toEqual([{ at: new Date(to), status: 'confirmed' }])
    expect([...(await turns(slotId))].slice(-2)).toEqual([
      { start: from, was: 'available', is: 'blocked', left: 1 },
      { start: to, was: 'blocked', is: 'available', left: 1 },
    ])
    expect(await codeOf(book(w, from, 2))).toBe('ok')
  })

  test('never loses a seat that is taken, and never stands where something else does', async () => {
    const w = await testWorld({ bufferAfterMinutes: 15 })
    const [nine, noon] = [w.at(4, '09:00'), w.at(4, '12:00')]
    const { slotId } = await write(w, nine, 2)
    await Promise.all([book(w, nine, 1), book(w, nine, 2)])
    expect(await codeOf(change(w, slotId, { maxBookings: 1 }))).toBe('seats_taken')
    await book(w, noon, 3)
    const refused = await change(w, slotId, { startTime: w.at(4, '11:00') }).catch((error) => error)
    expect(refused).toMatchObject({
      code: 'slot_conflict',
      data: { conflicts: [{ kind: 'appointment', startTime: noon, endTime: w.at(4, '13:00') }] },
    })
    expect(await codeOf(change(w, slotId, { startTime: w.at(4, '13:15') }))).toBe('ok')
    expect(await codeOf(change(w, slotId, { endTime: w.at(4, '13:15') }))).toBe('malformed')
    expect(await codeOf(change(w, slotId, { startTime: w.at(-1, '09:00') }))).toBe('in_the_past')
  })

  test('stands once it has begun, and so do its bookings', async () => {
    const w = await testWorld()
    const at = new Date(Math.ceil(Date.now() / 1000) * 1000 + 2000)
    const { slotId } = await write(w, at.toISOString())
    await book(w, at.toISOString())
    const remove = () => codeOf(deleteSlot.execute({ businessId: w.businessId, slotId }, newCall(w.owner)))
    await new Promise((resolve) => setTimeout(resolve, at.getTime() + 50 - Date.now()))
    expect(await remove()).toBe('in_the_past')
    expect([...(await bookings(slotId))]).toEqual([{ at, status: 'confirmed' }])
  })

  test('of an implied group it is not: that follows the service', async () => {
    const w = await testWorld({ capacity: 3 })
    await book(w, w.at(5, '10:00'))
    const [row] = await db.owner<{ id: string }[]>`select id from slot where tenant_id = ${w.businessId}`
    expect(await codeOf(change(w, row?.id ?? '', { maxBookings: 9 }))).toBe('not_written')
  })

  test('moved, filled and booked elsewhere at once: nobody is in two places', async () => {
    const w = await testWorld()
    const [from, to] = [w.at(6, '10:00'), w.at(6, '14:00')]
    const { slotId } = await write(w, from, 5)
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, n) => {
        if (n % 10 === 5) return codeOf(change(w, slotId, { startTime: n % 20 === 5 ? to : from }))
        return codeOf(book(w, n % 2 ? from : to, n))
      }),
    )
    expect(new Set(outcomes).has('ok')).toBe(true)
    const rows = await bookings(slotId)
    const [slot] = await db.owner<{ at: Date }[]>`select starts_at as at from slot where id = ${slotId}`
    expect(new Set(rows.map(({ at }) => at.getTime()))).toEqual(new Set([slot?.at.getTime()]))
  }, 60_000)
})

test('moved earlier than a booking had to be decided, it is decided before it begins', async () => {
  const w = await testWorld()
  const { businessId, serviceId } = w
  const rules = { requiresApproval: true, decideWithinHours: 200, questions: [] }
  await setBookingRules.execute({ businessId, serviceId, ...rules }, newCall(w.owner))
  const [late, early, earlier] = [w.at(6, '21:00'), w.at(4, '21:00'), w.at(3, '07:00')]
  const { slotId } = await write(w, late)
  const { id } = await book(w, late)
  const deadline = async () => {
    const [row] = await db.owner<{ by: Date }[]>`select decide_by as by from appointment where id = ${id}`
    return row?.by
  }
  expect(await deadline()).toEqual(new Date(late))
  for (const startTime of [early, earlier]) {
    await change(w, slotId, { startTime })
    expect(await deadline()).toEqual(new Date(startTime))
  }
  await change(w, slotId, { startTime: late })
  expect(await deadline()).toEqual(new Date(earlier))
  const [asked] = await db.owner<{ n: number }[]>`
    select count(*)::int as n from event_log
    where aggregate_id = ${id} and type = 'booking.appointment.approval_requested.v1'`
  expect(asked?.n).toBe(3)
})

test('whoever came, or did not, stays listed in a class; whoever cancelled does not', async () => {
  const w = await testWorld()
  const at = w.at(3, '21:00')
  const { slotId } = await write(w, at)
  const [came, missed, gone] = await Promise.all([1, 2, 3].map((n) => book(w, at, n)))
  const days = (n: number) => db.owner`
    update appointment set starts_at = starts_at + make_interval(days => ${n}), ends_at = ends_at + make_interval(days => ${n})
    where slot_id = ${slotId}`
  await cancelAppointment.execute({ id: gone?.id ?? '' }, newCall(w.owner))
  await days(-7)
  await completeAppointment.execute({ id: came?.id ?? '' }, newCall(w.owner))
  await markNoShow.execute({ id: missed?.id ?? '' }, newCall(w.owner))
  await days(7)
  const { people, taken } = await showSlot.execute({ businessId: w.businessId, slotId }, newCall(w.owner))
  expect([taken, people.map(({ name, status }) => [name, status]).sort()]).toEqual([
    2,
    [
      ['Client 1', 'completed'],
      ['Client 2', 'no_show'],
    ],
  ])
})
