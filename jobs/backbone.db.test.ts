import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { relayDb } from '@/db/client'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { systemActor } from '@/server/core/actor'
import { command, newCall } from '@/server/core/command'
import { defineEvent } from '@/server/core/events'
import { newId } from '@/server/core/id'
import { systemOnly } from '@/server/core/policy'
import { effect, reaction, type Subscription, when } from './define'
import { type Running, startHandling } from './run'

const happened = defineEvent('probe.thing.happened.v1', {
  schema: z.strictObject({ n: z.int(), dueAt: z.iso.datetime().nullable() }),
  retention: 'y1',
  canRead: { roles: [] },
})
const followed = defineEvent('probe.thing.followed.v1', {
  schema: z.strictObject({ n: z.int() }),
  retention: 'y1',
  canRead: { roles: [] },
})

const happen = command({
  name: 'probe.thing.happen',
  input: z.strictObject({ id: z.guid(), n: z.int(), dueAt: z.iso.datetime().nullable().default(null) }),
  may: systemOnly,
  run: async (_tx, { id, n, dueAt }, { append }) => {
    await append([happened(id, { n, dueAt })])
  },
})
const follow = command({
  name: 'probe.thing.follow',
  input: z.strictObject({ id: z.guid(), n: z.int() }),
  may: systemOnly,
  run: async (_tx, { id, n }, { append }) => {
    await append([followed(id, { n })])
  },
})

let db: TestDatabase
let running: Running
const seen = { failing: [] as number[], timer: [] as number[] }
let failUntil = 0
const poison = new Set<string>()

const counting = effect('probe-count', async (tx, event) => {
  await tx.execute(sql`insert into rate_count (key, window_start, count) values ('probe', 'epoch', 1)
    on conflict (key) do update set count = rate_count.count + 1`)
  if (event.data.n === -1) throw new Error('never')
})
const following = reaction('probe-follow', (event, call) =>
  follow.execute({ id: event.aggregateId, n: Number(event.data.n) }, call),
)
const failing = reaction(
  'probe-fail',
  async (event) => {
    if (poison.has(event.aggregateId)) throw new Error('poisoned')
    seen.failing.push(Date.now())
    if (Date.now() < failUntil) throw new Error('not yet')
  },
  { retryLimit: 5, retryDelaySeconds: 1, retryDelayMaxSeconds: 8 },
)
const timer = reaction('probe-timer', async () => {
  seen.timer.push(Date.now())
})
const list: Subscription[] = [
  when(happened, counting),
  when(happened, following),
  when(happened, failing),
  when(happened, timer, { at: (e) => e.data.dueAt ?? new Date(0).toISOString() }),
]

const system = () => newCall(systemActor('probe'))
const handled = async (handler: string, tries = 200): Promise<number> => {
  const [row] = await db.owner<
    { n: number }[]
  >`select count(*)::int as n from handled where handler = ${handler}`
  void tries
  return row?.n ?? 0
}
async function until(check: () => Promise<boolean>, ms = 30_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await check())) {
    if (Date.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

beforeAll(async () => {
  db = await testDatabase()
  running = await startHandling(list)
})
afterAll(async () => {
  await running.stop()
  await db.drop()
})

test('every event reaches every handler, and every effect happens once', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, n) => happen.execute({ id: newId(), n }, system())))
  await until(async () => (await handled('probe-count')) === 60 && (await handled('probe-follow')) === 60)
  const [count] = await relayDb().execute<{ count: number }>(
    sql`select count from rate_count where key = 'probe'`,
  )
  expect(count?.count).toBe(60)
  const [pairs] = await db.owner<{ n: number; wrong: number }[]>`
    select count(*)::int as n, count(*) filter (where f.causation_id <> h.id or f.correlation_id <> h.correlation_id
      or f.actor_id <> 'system:probe-follow' or f.traceparent is null)::int as wrong
    from event_log h join event_log f on f.aggregate_id = h.aggregate_id and f.type = 'probe.thing.followed.v1'
    where h.type = 'probe.thing.happened.v1'`
  expect(pairs).toEqual({ n: 60, wrong: 0 })
})

test('a handler that fails for a while is tried again with growing delay, and the others go on', async () => {
  seen.failing.length = 0
  failUntil = Date.now() + 9_000
  const before = await handled('probe-fail')
  await happen.execute({ id: newId(), n: 1000 }, system())
  const others = await handled('probe-count')
  await until(async () => (await handled('probe-count')) > others - 1)
  await until(async () => (await handled('probe-fail')) === before + 1)
  const gaps = seen.failing.slice(1).map((at, i) => at - (seen.failing[i] as number))
  expect(gaps.length).toBeGreaterThanOrEqual(3)
  // Each delay is drawn from a range twice as far as the last: two steps apart they cannot meet.
  expect(gaps.at(-1) as number).toBeGreaterThan(gaps[0] as number)
}, 60_000)

test('a poison event ends as a dead letter, and the log says so', async () => {
  const id = newId()
  poison.add(id)
  await happen.execute({ id, n: 1 }, system())
  await until(async () => {
    const rows = await db.owner`select 1 from event_log where type = 'platform.event.dead_lettered.v1'`
    return rows.length === 1
  }, 60_000)
  const [failures] = await db.owner<{ n: number }[]>`
    select count(*)::int as n from handling_failure f join event_log e on e.id = f.event_id where e.aggregate_id = ${id}`
  expect(failures?.n).toBe(6)
}, 90_000)

test('a timer waits for its instant', async () => {
  seen.timer.length = 0
  const due = Date.now() + 2_500
  await happen.execute({ id: newId(), n: 5, dueAt: new Date(due).toISOString() }, system())
  await until(async () => seen.timer.length === 1)
  expect(seen.timer[0]).toBeGreaterThanOrEqual(due - 50)
})
