import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { testWorld } from '@/db/testing-world'
import { formatInstant, toInstant, toLocal } from '@/server/core/time'
import { nearestTimes } from './find-times'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

test('the nearest times are looked for in the rest of today, by the clock of who asks', async () => {
  const zone = 'America/Los_Angeles'
  const world = await testWorld({ durationMinutes: 30, stepMinutes: 30 }, zone)
  const date = toLocal(zone, Date.parse(world.at(2, '12:00'))).date
  const at = (clock: number) => toInstant(zone, date, clock * 60).instant
  // In London it is the next day already.
  const clock = vi.spyOn(Date, 'now').mockReturnValue(at(16.5))
  const question = { providerIds: [world.providerId], serviceId: world.serviceId, timeZone: zone }
  const near = await nearestTimes(question, formatInstant(at(18)))
  clock.mockRestore()
  expect(near.map(({ startTime }) => startTime)).toEqual([17.5, 18, 18.5].map((h) => formatInstant(at(h))))
})
