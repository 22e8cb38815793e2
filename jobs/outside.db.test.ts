import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'
import { connectOutside } from '@/server/scheduling/outside/connect'
import { listOutside } from '@/server/scheduling/outside/list'
import { busyAt, type Elsewhere, elsewhere } from '@/server/scheduling/outside/testing'
import { tellOutsideFailing } from './handlers/tell-outside-failing'
import { type Running, startHandling } from './run'
import { subscriptions as real } from './subscriptions'
import { dueOutside } from './sweeps/outside'
import { sweepOnce } from './sweeps/sweep'

vi.setConfig({ testTimeout: 60_000 })

/** Without the day that is waited. */
const subscriptions = real.map((s) => (s.handler === tellOutsideFailing ? { ...s, at: null } : s))

let db: TestDatabase
let w: World
let there: Elsewhere
let running: Running
beforeAll(async () => {
  db = await testDatabase()
  process.env.PRIVATE_ADDRESSES = 'on'
  globalThis.__slotwise_config = undefined
  w = await testWorld()
  there = await elsewhere(busyAt([w.at(3, '10:00'), w.at(3, '11:00')]))
  running = await startHandling(subscriptions)
})
afterAll(async () => {
  delete process.env.PRIVATE_ADDRESSES
  await running.stop()
  await there.stop()
  await db.drop()
})

const free = async (startTime: string) => {
  const about = { providerId: w.providerId, startDate: startTime.slice(0, 10), days: '1' }
  const { body } = await showAvailability(about)
  return new TextDecoder().decode(body).includes(`"startTime":"${startTime}"`)
}
const calendar = async () =>
  (await listOutside.execute({ businessId: w.businessId }, newCall(w.owner))).calendars[0]
const notices = async () => {
  const rows = await db.owner<{ kind: string; about: string }[]>`
    select kind, about_id as about from message where kind like 'scheduling.outside.%'`
  return [...rows]
}

test('a calendar is read once it is connected and when it is due; who waits hears of what came free, the business of what is gone', async () => {
  const about = { businessId: w.businessId, providerId: w.providerId }
  const { outsideId } = await connectOutside.execute({ ...about, url: there.url }, newCall(w.owner))
  await expect.poll(() => free(w.at(3, '10:00')), { timeout: 20_000 }).toBe(false)
  expect(await calendar()).toMatchObject({ busyTimes: 1, failure: null })

  const wish = { kind: 'time' as const, providerId: w.providerId, startTime: w.at(3, '10:00') }
  const waiting = { serviceId: w.serviceId, wish, client: someone() }
  const { id: waitlistId } = await joinWaitlist.execute(waiting, newCall(anonymous))
  expect(await sweepOnce(dueOutside)).toBe(0)
  there.file = busyAt()
  expect(await sweepOnce(dueOutside, new Date(Date.now() + 11 * 60_000))).toBe(1)
  expect(await free(w.at(3, '11:00'))).toBe(true)
  const status = async () => {
    const [row] = await db.owner<{ status: string }[]>`select status from waitlist where id = ${waitlistId}`
    return row?.status
  }
  await expect.poll(status, { timeout: 20_000 }).toBe('offered')

  there.file = null
  await sweepOnce(dueOutside, new Date(Date.now() + 22 * 60_000))
  expect(await calendar()).toMatchObject({ failure: 'answered_404' })
  await expect
    .poll(notices, { timeout: 20_000 })
    .toEqual([{ kind: 'scheduling.outside.failed.v1', about: outsideId }])
  await assertInvariants(db.owner)
})
