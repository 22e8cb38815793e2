import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants } from './invariants'
import { startApp, type TestApp } from './testing-app'
import { someone, testWorld, type World } from './testing-world'

let app: TestApp
let world: World

beforeAll(async () => {
  app = await startApp({ web: 1, workers: 1, env: { LOG_LEVEL: 'fatal' } })
  world = await testWorld({ durationMinutes: 30, stepMinutes: 30 })
})
afterAll(() => app.close())

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('sessions that the database ends, in the middle of everything: 503 meanwhile, and all is well after', async () => {
  const web = app.web[0] as (typeof app.web)[number]
  const worker = app.workers[0] as (typeof app.workers)[number]
  const statuses = new Map<number, number>()
  let stop = false
  const clients = Array.from({ length: 16 }, async (_, client) => {
    for (let n = client; !stop; n += 16) {
      const clock = `${String(8 + (Math.floor(n / 2) % 12)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`
      const startTime = world.at(2 + (Math.floor(n / 24) % 80), clock)
      const body = JSON.stringify({
        providerId: world.providerId,
        serviceId: world.serviceId,
        startTime,
        client: someone(n),
      })
      const answer = await fetch(`${web.url}/api/v1/bookings`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
      await answer.arrayBuffer()
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      if (answer.status === 503) await pause(20)
    }
  })
  const admin = postgres(app.cluster.adminUrl, { max: 1, onnotice: () => {} })
  for (let round = 0; round < 25; round++) {
    await pause(100)
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where usename like 'slotwise_%' and usename <> 'slotwise_owner'`
  }
  await admin.end()
  // Longer than a connection may take to be made: what waited for a lost one has its answer by then.
  await pause(6000)
  const during = new Map(statuses)
  statuses.clear()
  await pause(2000)
  stop = true
  await Promise.all(clients)
  expect([...during.keys()].filter((s) => ![201, 409, 503].includes(s))).toEqual([])
  expect(during.get(503) ?? 0).toBeGreaterThan(0)
  expect([...statuses.keys()].filter((s) => ![201, 409].includes(s))).toEqual([])
  expect([web.child.exitCode, worker.child.exitCode], worker.log()).toEqual([null, null])
  await assertInvariants(app.owner)
}, 60_000)
