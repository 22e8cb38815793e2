import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { blockTime } from './block'
import { setDay } from './set-day'
import { setWeek } from './set-week'
import { showAvailability } from './show-availability'
import { showBoard } from './show-board'
import { unblockTime } from './unblock'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const block = (w: World, from: string, to: string) =>
  blockTime.execute(
    { businessId: w.businessId, providerId: w.providerId, startTime: from, endTime: to },
    newCall(w.owner),
  )
const book = (w: World, startTime: string, n = 1) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone(n) },
    newCall(anonymous),
  )
const free = async (w: World, startTime: string) => {
  const shown = await showAvailability({
    providerId: w.providerId,
    startDate: startTime.slice(0, 10),
    days: '1',
  })
  return new TextDecoder().decode(shown.body).includes(`"startTime":"${startTime}"`)
}
const said = (w: World) =>
  db.owner<{ was: string; is: string }[]>`
    select data ->> 'previousStatus' as was, data ->> 'newStatus' as is from event_log
    where tenant_id = ${w.businessId} and type = 'scheduling.calendar.availability_changed.v1' order by version`

test('blocked time cannot be booked, and can again when it is given back', async () => {
  const w = await testWorld()
  const [from, to] = [w.at(3, '10:00'), w.at(3, '11:00')]
  const { blockId } = await block(w, from, to)
  expect(await free(w, from)).toBe(false)
  expect(await codeOf(book(w, from))).toBe('slot_taken')
  expect(await codeOf(book(w, w.at(3, '10:30')))).toBe('slot_taken')
  const again = { businessId: w.businessId, blockId }
  await unblockTime.execute(again, newCall(w.owner))
  expect(await free(w, from)).toBe(true)
  expect(await codeOf(unblockTime.execute(again, newCall(w.owner)))).toBe('not_found')
  expect(await codeOf(book(w, from))).toBe('ok')
  expect([...(await said(w))]).toEqual([
    { was: 'available', is: 'blocked' },
    { was: 'blocked', is: 'available' },
    { was: 'available', is: 'booked' },
  ])
})

test('nobody is moved by a block: what is there already is named', async () => {
  const w = await testWorld()
  const startTime = w.at(4, '10:00')
  await book(w, startTime)
  const refused = await block(w, w.at(4, '09:00'), w.at(4, '10:30')).catch((error) => error)
  expect(refused).toMatchObject({
    code: 'slot_conflict',
    data: { conflicts: [{ kind: 'appointment', startTime, endTime: w.at(4, '11:00') }] },
  })
  expect(await codeOf(block(w, w.at(4, '11:00'), w.at(4, '12:00')))).toBe('ok')
  expect(await codeOf(block(w, w.at(4, '11:30'), w.at(4, '12:30')))).toBe('slot_conflict')
})

test.each([
  ['ends before it begins', '10:00', '09:00', 3, 'malformed'],
  ['lasts for months', '10:00', '10:00', 60, 'malformed'],
  ['is over', '00:00', '00:01', -1, 'in_the_past'],
])('a block that %s is refused', async (_what, from, to, day, code) => {
  const w = await testWorld()
  const startTime = w.at(Math.min(day, 3), from)
  expect(await codeOf(block(w, startTime, w.at(day, to)))).toBe(code)
})

test('forty bookings against twenty blocks of the same hour: one of all has it', async () => {
  const w = await testWorld()
  const [from, to] = [w.at(5, '10:00'), w.at(5, '11:00')]
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, n) => codeOf(n % 3 === 0 ? block(w, from, to) : book(w, from, n))),
  )
  expect(outcomes.filter((o) => o === 'ok')).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(
    new Set(
      outcomes.includes('slot_taken') ? ['ok', 'slot_taken', 'slot_conflict'] : ['ok', 'slot_conflict'],
    ),
  )
}, 60_000)

test('the week and single days change together without undoing each other', async () => {
  const w = await testWorld()
  const own = { businessId: w.businessId, providerId: w.providerId }
  const days = Array.from({ length: 10 }, (_, n) => w.at(10 + n, '12:00').slice(0, 10))
  const weekly = { '1': [['10:00', '12:00']] as [string, string][] }
  await Promise.all([
    ...days.map((date) => setDay.execute({ ...own, date, ranges: [] }, newCall(w.owner))),
    setWeek.execute({ ...own, weekly }, newCall(w.owner)),
  ])
  const rules = async () => {
    const board = await showBoard.execute(
      { businessId: w.businessId, from: days[0] as string, days: 7 },
      newCall(w.owner),
    )
    return board.providers[0]?.rules
  }
  expect(await rules()).toMatchObject({ weekly, overrides: Object.fromEntries(days.map((d) => [d, []])) })
  await setDay.execute({ ...own, date: days[0] as string, ranges: null }, newCall(w.owner))
  expect(Object.keys((await rules())?.overrides ?? {})).toEqual(expect.not.arrayContaining([days[0]]))
})

test('the board shows whose time it is, to those who run the business', async () => {
  const w = await testWorld()
  const booked = await book(w, w.at(6, '10:00'))
  const { blockId } = await block(w, w.at(6, '14:00'), w.at(6, '15:00'))
  const { items } = await showBoard.execute(
    { businessId: w.businessId, from: w.at(6, '10:00').slice(0, 10), days: 1 },
    newCall(w.owner),
  )
  expect(items).toMatchObject([
    {
      id: booked.id,
      kind: 'appointment',
      clientName: 'Client 1',
      serviceName: 'Session',
      status: 'confirmed',
    },
    { id: blockId, kind: 'block', clientName: null },
  ])
})
