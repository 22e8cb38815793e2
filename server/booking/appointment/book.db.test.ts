import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { placeHold } from '@/server/scheduling/hold/place'
import { bookAppointment } from './book'
import { bookHeld } from './book-held'
import { cancelAppointment } from './cancel'

let db: TestDatabase
let world: World

beforeAll(async () => {
  db = await testDatabase()
  world = await testWorld()
})
afterAll(() => db.drop())

const visitor = () => newCall(anonymous)
const bearer = (resource: string, resourceId: string): Actor => ({
  kind: 'bearer',
  id: `${resource}:${resourceId}`,
  resource,
  resourceId,
})
const wanted = (clock: string, day = 2) => ({
  providerId: world.providerId,
  serviceId: world.serviceId,
  startTime: world.at(day, clock),
  client: someone(),
})

test('a time is booked once, and the next visitor is offered the three nearest', async () => {
  const booked = await bookAppointment.execute(wanted('10:00'), visitor())
  expect(booked).toMatchObject({
    status: 'confirmed',
    startTime: world.at(2, '10:00'),
    endTime: world.at(2, '11:00'),
    timeZone: world.zone,
  })
  await expect(bookAppointment.execute(wanted('10:30'), visitor())).rejects.toMatchObject({
    code: 'slot_taken',
    data: { alternatives: [world.at(2, '11:00'), world.at(2, '11:30'), world.at(2, '09:00')] },
  })
})

test('booking raises created, confirmed and available → booked; cancelling raises booked → available', async () => {
  const { id } = await bookAppointment.execute(wanted('13:00'), visitor())
  await cancelAppointment.execute({ id }, newCall(bearer('appointment', id)))
  const events = await db.owner<{ type: string; version: number; data: Record<string, unknown> }[]>`
    select type, version, data from event_log
    where aggregate_id = ${id} or (type like '%availability_changed%' and data->>'bookingId' = ${id}) order by pos`
  expect(events.map((e) => e.type.split('.')[2])).toEqual([
    'availability_changed',
    'created',
    'confirmed',
    'cancelled',
    'availability_changed',
  ])
  const changes = events
    .filter((e) => e.type.includes('availability_changed'))
    .map((e) => [e.data.previousStatus, e.data.newStatus])
  expect(changes).toEqual([
    ['available', 'booked'],
    ['booked', 'available'],
  ])
})

test('a hold keeps the time for its holder alone', async () => {
  const hold = await placeHold.execute(
    {
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(2, '15:00'),
      holder: 'a'.repeat(20),
    },
    visitor(),
  )
  await expect(bookAppointment.execute(wanted('15:00'), visitor())).rejects.toMatchObject({
    code: 'slot_taken',
  })
  const booked = await bookHeld.execute(
    { holdId: hold.id, client: someone() },
    newCall(bearer('hold', hold.id)),
  )
  expect(booked.startTime).toBe(hold.startTime)
})

test('whoever books again is the same client, unless they give another number', async () => {
  const mine = { name: 'Ann Twice', email: 'ann@twice.example' }
  for (const [n, phone] of ['+49 30 1000001', undefined, '+49 30 1000002'].entries())
    for (const [day, clock] of [
      [6, '10:00'],
      [7, '11:00'],
      [8, '12:00'],
    ] as const)
      await bookAppointment.execute(
        { ...wanted(clock, day + 3 * n), client: { ...mine, ...(phone ? { phone } : {}) } },
        visitor(),
      )
  const entries = await db.owner`select phone from contact where email = ${mine.email} order by phone`
  expect(entries.map((row) => row.phone)).toEqual(['+49 30 1000001', '+49 30 1000002'])
})
