import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { bookAppointment } from './book'
import { findOtherTimes } from './find-other-times'
import { rescheduleAppointment } from './reschedule'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const linkOf = (id: string): Actor => ({
  kind: 'bearer',
  id: `appointment:${id}`,
  resource: 'appointment',
  resourceId: id,
})

async function book({ providerId, serviceId }: World, startTime: string, seats = 1) {
  const client = someone(Date.parse(startTime) + seats)
  const wanted = { providerId, serviceId, startTime, seats, client }
  return (await bookAppointment.execute(wanted, newCall(anonymous))).id
}

async function othersOf(w: World, id: string, day = 3) {
  const asked = { id, startDate: w.at(day, '12:00').slice(0, 10), days: 1, timeZone: w.zone }
  const [found] = await findOtherTimes.execute(asked, newCall(linkOf(id)))
  return found?.times.map(({ startTime }) => startTime) ?? []
}

test('a booking can be moved by less than it lasts, into what others have it cannot', async () => {
  const w = await testWorld()
  const id = await book(w, w.at(3, '10:00'))
  await book(w, w.at(3, '11:30'))
  const others = await othersOf(w, id)
  expect(others).toContain(w.at(3, '10:30'))
  expect(others).not.toContain(w.at(3, '10:00'))
  expect(others).not.toContain(w.at(3, '11:00'))
  expect(await codeOf(othersOf(w, id, 400))).toBe('ok')
})

test('what is shown can be had, by one who is alone in a group and by several', async () => {
  const w = await testWorld({ capacity: 3, stepMinutes: 60 })
  const id = await book(w, w.at(3, '10:00'), 2)
  await book(w, w.at(3, '12:00'), 2)
  await book(w, w.at(3, '15:00'), 1)
  const others = await othersOf(w, id)
  expect(others).not.toContain(w.at(3, '12:00'))
  expect(others).toContain(w.at(3, '15:00'))
  for (const startTime of others.slice(0, 6)) {
    const moved = rescheduleAppointment.execute({ id, startTime }, newCall(linkOf(id)))
    expect(await codeOf(moved), startTime).toBe('ok')
  }
})
