import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants } from '@/db/invariants'
import { startApp, type TestApp } from '@/db/testing-app'
import { someone, testWorld, type World } from '@/db/testing-world'
import { subscriptions } from './subscriptions'

let app: TestApp
let world: World

beforeAll(async () => {
  app = await startApp({ web: 2, workers: 2 })
  world = await testWorld({ durationMinutes: 30, stepMinutes: 30 })
})
afterAll(() => app.close())

type Answer = { status: number; body: Record<string, unknown> }

/** As a careful client would: one key a booking, again until there is an answer that is one. */
async function bookUntilAnswered(n: number, startTime: string): Promise<Answer & { tries: number }> {
  const body = JSON.stringify({
    providerId: world.providerId,
    serviceId: world.serviceId,
    startTime,
    client: someone(n),
  })
  const headers = { 'content-type': 'application/json', 'idempotency-key': `booking-number-${n}` }
  for (let tries = 1; tries <= 400; tries++) {
    const url = app.web[(n + tries) % app.web.length]?.url
    const answer = await fetch(`${url}/api/v1/bookings`, {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(15_000),
    })
      .then(
        async (r): Promise<Answer> => ({
          status: r.status,
          body: (await r.json()) as Record<string, unknown>,
        }),
      )
      // Cut off before or in the middle of the answer: either way it is not known, and asked again.
      .catch(() => null)
    if (answer && answer.status < 500) return { ...answer, tries }
    if (answer && answer.status !== 503) throw new Error(`a ${answer.status}: ${JSON.stringify(answer.body)}`)
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100))
  }
  throw new Error(`booking ${n} was never answered`)
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('200 at once over two processes: one seat, five seats, two overlapping times', async () => {
  const ask = async (n: number, startTime: string, w: World) => {
    const url = app.web[n % 2]?.url
    const body = JSON.stringify({
      providerId: w.providerId,
      serviceId: w.serviceId,
      startTime,
      client: someone(n),
    })
    const answer = await fetch(`${url}/api/v1/bookings`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const tally = (answers: Answer[]) =>
    answers.reduce<Record<string, number>>((all, a) => {
      const key = a.status === 201 ? '201' : `${a.status} ${a.body.code}`
      all[key] = (all[key] ?? 0) + 1
      return all
    }, {})
  const one = await testWorld()
  const single = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n, one.at(2, '10:00'), one)))
  expect(tally(single)).toEqual({ '201': 1, '409 slot_taken': 199 })
  const group = await testWorld({ capacity: 5 })
  const five = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(n, group.at(2, '10:00'), group)))
  expect(tally(five)).toEqual({ '201': 5, '409 slot_taken': 195 })
  const lap = await testWorld()
  const overlapping = await Promise.all(
    Array.from({ length: 200 }, (_, n) => ask(n, lap.at(2, n % 2 ? '10:00' : '10:30'), lap)),
  )
  expect(tally(overlapping)).toEqual({ '201': 1, '409 slot_taken': 199 })
  await assertInvariants(app.owner)
})

test('kill -9 of app, worker and database in the middle of 500 bookings: what was acknowledged is there, every effect once', async () => {
  const times = Array.from({ length: 500 }, (_, n) =>
    world.at(
      2 + Math.floor(n / 24),
      `${String(8 + Math.floor((n % 24) / 2)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`,
    ),
  )
  let next = 0
  const answers: Answer[] = []
  const client = async () => {
    for (let n = next++; n < times.length; n = next++)
      answers[n] = await bookUntilAnswered(n, times[n] as string)
  }
  const clients = Promise.all(Array.from({ length: 16 }, client))
  const chaos = (async () => {
    await pause(300)
    await app.web[0]?.restart()
    await app.workers[0]?.restart()
    await pause(200)
    await app.cluster.kill()
    await pause(500)
    await app.cluster.start()
    await pause(300)
    await Promise.all([app.web[1]?.restart(), app.workers[1]?.restart()])
  })()
  await Promise.all([clients, chaos])
  const acknowledged = answers.filter((a) => a.status === 201).map((a) => String(a.body.id))
  expect(answers.map((a) => a.status)).toEqual(times.map(() => 201))
  expect(new Set(acknowledged).size).toBe(500)
  const rows = await app.owner<{ id: string; chain: string[] }[]>`
    select a.id, array_agg(e.type order by e.version) as chain
    from appointment a join event_log e on e.aggregate_id = a.id and e.aggregate_type = 'booking.appointment'
    where a.provider_id = ${world.providerId} group by a.id`
  expect(new Set(rows.map((r) => r.id))).toEqual(new Set(acknowledged))
  for (const row of rows)
    expect(row.chain).toEqual(['booking.appointment.created.v1', 'booking.appointment.confirmed.v1'])
  await assertInvariants(app.owner, { drained: subscriptions, withinMs: 90_000 })
  const effects = await app.owner<{ channel: string; n: number }[]>`
    select channel, count(*)::int as n from message where about_id = any(${acknowledged}::uuid[]) group by about_id, channel`
  for (const channel of ['inbox', 'email'])
    expect(effects.filter((e) => e.channel === channel).map((e) => e.n)).toEqual(times.map(() => 1))
}, 240_000)
