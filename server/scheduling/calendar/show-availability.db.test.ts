import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { hub, stopHub } from '@/server/core/live/hub'
import { poke } from '@/server/core/live/poke'
import { showAvailability } from './show-availability'

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await testDatabase()
  world = await testWorld()
})
afterAll(async () => {
  await stopHub()
  await db.drop()
})

/** Only then is known from memory what happened. */
const fresh = () => vi.waitFor(() => expect(Date.now() - hub().freshAsOf()).toBeLessThan(300), 10_000)
const ask = () =>
  showAvailability({ providerId: world.providerId, startDate: world.at(3, '10:00').slice(0, 10), days: '1' })

test('one answer is worked out for all who ask the same at once', async () => {
  const before = await ask()
  await book(world.at(3, '10:00'))
  await fresh()
  const together = await Promise.all(Array.from({ length: 50 }, ask))
  expect(new Set(together).size).toBe(1)
  expect(together[0]?.etag).not.toBe(before.etag)
})

test('an answer under way is not for those who ask after the calendar has changed', async () => {
  await db.owner.begin(async (tx) => {
    await tx`lock table calendar in access exclusive mode`
    await fresh()
    poke([`calendar:${world.providerId}`])
    const [early, same] = [ask(), ask()]
    poke([`calendar:${world.providerId}`])
    const [late, too] = [ask(), ask()]
    await tx`rollback`
    const [first, second, third, fourth] = await Promise.all([early, same, late, too])
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    expect(fourth).toBe(third)
  })
})

function book(startTime: string) {
  return bookAppointment.execute(
    { providerId: world.providerId, serviceId: world.serviceId, startTime, client: someone(1) },
    newCall(anonymous),
  )
}
