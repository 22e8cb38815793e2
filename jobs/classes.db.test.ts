import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { createSeries } from '@/server/scheduling/series/create'
import { endSeries } from '@/server/scheduling/series/end'
import { previewSeries } from '@/server/scheduling/series/preview'
import { updateSeries } from '@/server/scheduling/series/update'
import { createSlot } from '@/server/scheduling/slot/create'
import { mailClient } from './handlers/mail-client'
import { type Running, startHandling } from './run'
import { subscriptions as real } from './subscriptions'

vi.setConfig({ testTimeout: 90_000 })

/** Without the moment in which it could be undone. */
const subscriptions = real.map((s) => (s.handler === mailClient ? { ...s, at: null } : s))

let db: TestDatabase
let world: World
let running: Running
beforeAll(async () => {
  db = await testDatabase()
  world = await testWorld()
  running = await startHandling(subscriptions)
})
afterAll(async () => {
  await running.stop()
  await db.drop()
})

const owner = () => newCall(world.owner)
const told = async (channel: string) => {
  const rows = await db.owner<{ kind: string; n: number }[]>`
    select kind, count(*)::int as n from message where channel = ${channel} group by kind order by kind`
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
}

test('the business hears once of a series; whoever booked hears of every change that touches them', async () => {
  const { businessId, providerId, serviceId } = world
  const about = { businessId, providerId, serviceId, maxBookings: 5 }
  const [first, third] = [world.at(3, '18:00'), world.at(17, '18:00')]
  const { seriesId } = await createSeries.execute(
    { ...about, rrule: 'FREQ=WEEKLY;COUNT=6', startDate: first.slice(0, 10), time: '18:00' },
    owner(),
  )
  await createSlot.execute({ ...about, startTime: world.at(4, '07:00') }, owner())
  for (const [n, startTime] of [first, third, third].entries())
    await bookAppointment.execute(
      { providerId, serviceId, startTime, client: someone(n) },
      newCall(anonymous),
    )
  const part = { businessId, seriesId, from: third.slice(0, 10) }
  const wanted = { time: '19:00' }
  const seen = await previewSeries.execute({ ...part, wanted }, owner())
  const moved = await updateSeries.execute({ ...part, wanted, version: seen.version }, owner())
  const rest = { businessId, seriesId: moved.seriesId }
  await expect
    .poll(() => told('email'), { timeout: 30_000 })
    .toEqual({
      appointment_confirmed: 3,
      appointment_rescheduled: 2,
    })
  const { version, people } = await previewSeries.execute({ ...rest, wanted: null }, owner())
  expect(people).toBe(2)
  await endSeries.execute({ ...rest, version }, owner())
  await expect
    .poll(() => told('email'), { timeout: 30_000 })
    .toEqual({
      appointment_confirmed: 3,
      appointment_rescheduled: 2,
      appointment_cancelled: 2,
    })
  await expect
    .poll(() => told('inbox'), { timeout: 30_000 })
    .toMatchObject({
      'scheduling.series.created.v1': 1,
      'scheduling.slot.created.v1': 1,
      'booking.appointment.cancelled.v1': 2,
    })
  const quiet = () =>
    assertInvariants(db.owner, { drained: subscriptions }).then(
      () => 'all is done',
      (error: unknown) => String(error),
    )
  await expect.poll(quiet, { timeout: 30_000, interval: 250 }).toBe('all is done')
})
