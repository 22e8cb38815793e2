import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { updateProvider } from '@/server/business/provider/update'
import { updateService } from '@/server/business/service/update'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { type Running, startHandling } from './run'
import { subscriptions } from './subscriptions'
import { sweepOnce } from './sweeps/sweep'
import { waitedFor } from './sweeps/waited-for'
import { wishesOver } from './sweeps/wishes-over'

let db: TestDatabase
let running: Running
beforeAll(async () => {
  db = await testDatabase()
  running = await startHandling(subscriptions)
})
afterAll(async () => {
  await running.stop()
  await db.drop()
})

/** Waits for any time of one day before noon. */
async function waitFor(w: World, day: number, n = 1) {
  const date = w.at(day, '10:00').slice(0, 10)
  const rule = { kind: 'rule' as const, weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, untilMinute: 720 }
  const wish = { ...rule, providerIds: [w.providerId], fromDate: date, untilDate: date }
  const joined = await joinWaitlist.execute(
    { serviceId: w.serviceId, wish, client: someone(n) },
    newCall(anonymous),
  )
  return joined.id
}
const statusOf = async (id: string) => {
  const [row] = await db.owner<{ status: string }[]>`select status from waitlist where id = ${id}`
  return row?.status
}
const becomes = (id: string, status: string) =>
  expect.poll(() => statusOf(id), { timeout: 20_000 }).toBe(status)
/** What follows from an event's being there has followed, whatever it came to. */
const followed = (handler: string, aggregateId: string) =>
  expect
    .poll(
      async () =>
        (
          await db.owner`select 1 from handled h join event_log e on e.id = h.event_id
            where h.handler = ${handler} and e.aggregate_id = ${aggregateId}`
        ).length,
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)

test('who waits for what is open already is offered it', async () => {
  const w = await testWorld()
  await becomes(await waitFor(w, 4), 'offered')
  await assertInvariants(db.owner)
}, 30_000)

test('a service that can be booked further ahead is offered to those who wait for it', async () => {
  const w = await testWorld({ windowDays: 2 })
  const id = await waitFor(w, 20)
  await followed('offer-to-who-joined', id)
  expect(await statusOf(id)).toBe('waiting')
  const { businessId, serviceId } = w
  await updateService.execute({ businessId, serviceId, changes: { windowDays: 60 } }, newCall(w.owner))
  await becomes(id, 'offered')
  await assertInvariants(db.owner)
}, 30_000)

test('so is what somebody gives who is shown again', async () => {
  const w = await testWorld()
  const { businessId, providerId } = w
  const show = (published: boolean) =>
    updateProvider.execute({ businessId, providerId, changes: { published } }, newCall(w.owner))
  const id = await joinedWhileHidden(w, show)
  expect(await statusOf(id)).toBe('waiting')
  await show(true)
  await becomes(id, 'offered')
  await assertInvariants(db.owner)
}, 30_000)

async function joinedWhileHidden(w: World, show: (published: boolean) => Promise<unknown>) {
  await running.stop()
  const id = await waitFor(w, 4)
  await show(false)
  running = await startHandling(subscriptions)
  await followed('offer-to-who-joined', id)
  return id
}

test('a day that midnight brings within reach is found by the sweep', async () => {
  const w = await testWorld({ windowDays: 2 })
  const id = await waitFor(w, 20)
  await followed('offer-to-who-joined', id)
  expect(await sweepOnce(waitedFor)).toBe(0)
  await db.owner`update service set window_days = 60 where id = ${w.serviceId}`
  expect(await sweepOnce(waitedFor)).toBe(1)
  expect(await statusOf(id)).toBe('offered')
  expect(await sweepOnce(waitedFor)).toBe(0)
}, 30_000)

test('nobody is written to about a wish that is over', async () => {
  const w = await testWorld({ windowDays: 2 })
  const id = await waitFor(w, 20)
  await followed('mail-waiting', id)
  await db.owner`update waitlist set over_at = now() - interval '1 minute' where id = ${id}`
  expect(await sweepOnce(wishesOver)).toBe(1)
  expect(await statusOf(id)).toBe('lapsed')
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const said = await db.owner<{ kind: string }[]>`select kind from message where about_id = ${id}`
  expect(said.map(({ kind }) => kind)).toEqual(['waitlist_joined'])
}, 30_000)
