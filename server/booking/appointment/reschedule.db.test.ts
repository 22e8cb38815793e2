import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { createProvider } from '@/server/business/provider/create'
import { updateProvider } from '@/server/business/provider/update'
import { archiveService } from '@/server/business/service/archive'
import { setBookingRules } from '@/server/business/service/set-booking-rules'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { bookAppointment } from './book'
import { bookForClient } from './book-for-client'
import { rescheduleAppointment } from './reschedule'
import { undoChange } from './undo-change'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const everyDay = Object.fromEntries(
  ['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [['08:00', '20:00'] as [string, string]]]),
)

/** Somebody else of the same business, in another zone. */
async function colleague(w: World, serviceIds = [w.serviceId]): Promise<string> {
  const rules = { timeZone: 'Europe/London', weekly: everyDay, overrides: {} }
  const wanted = { businessId: w.businessId, name: 'Colleague Test', rules, serviceIds }
  return (await createProvider.execute(wanted, newCall(w.owner))).providerId
}
const book = (w: World, startTime: string, providerId = w.providerId, n = 1) =>
  bookAppointment.execute(
    { providerId, serviceId: w.serviceId, startTime, client: someone(n) },
    newCall(anonymous),
  )
const linkOf = (id: string): Actor => ({
  kind: 'bearer',
  id: `appointment:${id}`,
  resource: 'appointment',
  resourceId: id,
})

test('an appointment goes to a colleague, by their clock, and back; the old time is free meanwhile', async () => {
  const w = await testWorld()
  const other = await colleague(w)
  const startTime = w.at(3, '10:00')
  const before = await book(w, startTime)
  const to = { id: before.id, startTime, providerId: other }
  const moved = await rescheduleAppointment.execute(to, newCall(w.owner))
  expect(moved).toMatchObject({ providerId: other, startTime, timeZone: 'Europe/London' })
  await expect(book(w, startTime, other, 2)).rejects.toMatchObject({ code: 'slot_taken' })
  expect(await undoChange.execute({ id: before.id }, newCall(w.owner))).toMatchObject({
    providerId: w.providerId,
    timeZone: w.zone,
    startTime,
  })
  await book(w, startTime, other, 3)
  await expect(book(w, startTime, w.providerId, 4)).rejects.toMatchObject({ code: 'slot_taken' })
})

test('not to somebody who does not offer it, nor by the client’s link', async () => {
  const w = await testWorld()
  const startTime = w.at(3, '10:00')
  const { id } = await book(w, startTime)
  const stranger = await colleague(w, [])
  const to = (providerId: string, actor: Actor) =>
    codeOf(rescheduleAppointment.execute({ id, startTime, providerId }, newCall(actor)))
  expect(await to(stranger, w.owner)).toBe('not_offered')
  expect(await to(await colleague(w), linkOf(id))).toBe('forbidden')
})

test('two appointments swap providers at once, and ten strangers want both places: each place has one', async () => {
  const w = await testWorld()
  const other = await colleague(w)
  const startTime = w.at(3, '10:00')
  const here = await book(w, startTime, w.providerId, 1)
  const there = await book(w, w.at(3, '12:00'), other, 2)
  const attempts = [
    rescheduleAppointment.execute({ id: here.id, startTime, providerId: other }, newCall(w.owner)),
    rescheduleAppointment.execute({ id: there.id, startTime, providerId: w.providerId }, newCall(w.owner)),
    ...Array.from({ length: 10 }, (_, n) => book(w, startTime, n % 2 ? other : w.providerId, 10 + n)),
  ]
  await Promise.allSettled(attempts)
  const rows = await db.owner<{ n: number }[]>`
    select count(*)::int as n from occupancy where tenant_id = ${w.businessId} and starts_at = ${startTime} group by provider_id`
  expect(rows.map((row) => row.n)).toEqual([1, 1])
})

test('who moves what still waits for a yes to before its deadline has until then to say it', async () => {
  const w = await testWorld()
  const rules = {
    businessId: w.businessId,
    serviceId: w.serviceId,
    requiresApproval: true,
    decideWithinHours: 72,
  }
  await setBookingRules.execute(rules, newCall(w.owner))
  const { id } = await book(w, w.at(9, '10:00'))
  const sooner = await rescheduleAppointment.execute({ id, startTime: w.at(1, '10:00') }, newCall(w.owner))
  expect(sooner).toMatchObject({ status: 'pending', decideBy: w.at(1, '10:00') })
  const later = await rescheduleAppointment.execute({ id, startTime: w.at(8, '10:00') }, newCall(w.owner))
  expect(later).toMatchObject({ status: 'pending', decideBy: w.at(1, '10:00') })
})

test('what is no longer offered is moved by the business, and by the client only with a call', async () => {
  const w = await testWorld()
  const { businessId, providerId, serviceId } = w
  const other = await colleague(w)
  const stranger = await colleague(w, [])
  const { id } = await book(w, w.at(3, '10:00'))
  const move = (actor: Actor, to: Partial<Parameters<typeof rescheduleAppointment.execute>[0]>) =>
    codeOf(rescheduleAppointment.execute({ id, startTime: w.at(4, '10:00'), ...to }, newCall(actor)))
  await archiveService.execute({ businessId, serviceId }, newCall(w.owner))
  expect(await move(linkOf(id), {})).toBe('move_not_offered')
  expect(await move(w.owner, {})).toBe('ok')
  expect(await move(w.owner, { startTime: w.at(4, '06:00') })).toBe('outside_hours')
  expect(await move(w.owner, { startTime: w.at(4, '06:00'), override: true })).toBe('ok')
  expect(await move(w.owner, { providerId: other })).toBe('ok')
  expect(await move(w.owner, { providerId: stranger })).toBe('not_offered')
  await updateProvider.execute(
    { businessId, providerId: other, changes: { serviceIds: [] } },
    newCall(w.owner),
  )
  expect(await move(linkOf(id), { startTime: w.at(5, '10:00') })).toBe('move_not_offered')
  expect(await move(w.owner, { startTime: w.at(5, '10:00') })).toBe('ok')
  expect(await codeOf(book(w, w.at(6, '10:00'), other))).toBe('not_offered')
  const staffBooks = { businessId, providerId, serviceId, startTime: w.at(6, '10:00'), client: someone() }
  expect(await codeOf(bookForClient.execute(staffBooks, newCall(w.owner)))).toBe('not_offered')
})

test('who is alone in a group moves it by less than it lasts; who is not makes another one', async () => {
  const w = await testWorld({ capacity: 3 })
  const move = (id: string, clock: string) =>
    codeOf(rescheduleAppointment.execute({ id, startTime: w.at(3, clock) }, newCall(linkOf(id))))
  const { id } = await book(w, w.at(3, '10:00'))
  expect(await move(id, '10:30')).toBe('ok')
  const second = await book(w, w.at(3, '10:30'), w.providerId, 2)
  expect(await move(id, '11:00')).toBe('slot_taken')
  expect(await move(second.id, '12:00')).toBe('ok')
  expect(await move(id, '11:00')).toBe('ok')
  const back = { id, startTime: w.at(3, '10:30') }
  await rescheduleAppointment.execute(back, newCall(w.owner))
  expect(await undoChange.execute({ id }, newCall(w.owner))).toMatchObject({ startTime: w.at(3, '11:00') })
})
