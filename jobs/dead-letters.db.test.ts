import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { relayDb } from '@/db/client'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { systemActor } from '@/server/core/actor'
import { command, newCall } from '@/server/core/command'
import { defineEvent } from '@/server/core/events'
import { newId } from '@/server/core/id'
import { systemOnly } from '@/server/core/policy'
import { attemptsOf, type DeadLetter, discard, listDeadLetters, redrive } from './dead-letters'
import { effect, reaction, when } from './define'
import { startBoss } from './queues'
import { type Running, startHandling } from './run'

const sent = defineEvent('probe.letter.sent.v1', {
  schema: z.strictObject({ n: z.int() }),
  retention: 'y1',
  canRead: { roles: [] },
})
const answered = defineEvent('probe.letter.answered.v1', {
  schema: z.strictObject({ n: z.int() }),
  retention: 'y1',
  canRead: { roles: [] },
})
const say = (definition: typeof sent, name: string) =>
  command({
    name,
    input: z.strictObject({ id: z.guid(), n: z.int() }),
    may: systemOnly,
    run: async (_tx, { id, n }, { append }) => {
      await append([definition(id, { n })])
    },
  })
const send = say(sent, 'probe.letter.send')
const answer = say(answered as unknown as typeof sent, 'probe.letter.answer')

vi.setConfig({ testTimeout: 120_000 })

let db: TestDatabase
let running: Running
let broken = true
const once = { retryLimit: 0 }

const answering = reaction(
  'probe-answer',
  async (event, call) => {
    if (broken) throw new Error('the post office is closed')
    await answer.execute({ id: event.aggregateId, n: Number(event.data.n) }, call)
  },
  once,
)
/** A delivery that the queue believes lost while it is still at work, and which then succeeds. */
const slow = effect(
  'probe-slow',
  async (tx, event) => {
    const [job] = await relayDb().execute<{ id: string }>(sql`
      select id from pgboss.job where name = 'probe-slow' and state = 'active' and data->>'eventId' = ${event.id}`)
    if (event.data.n === 99 && job)
      await running.boss.fail('probe-slow', job.id, { message: 'believed lost' })
    await tx.execute(sql`insert into rate_count (key, window_start, count) values (${`slow:${event.id}`}, 'epoch', 1)
      on conflict (key) do update set count = rate_count.count + 1`)
  },
  once,
)
const subscriptions = [when(sent, answering), when(sent, slow)]

const sendOne = async (n = 1) => {
  const id = newId()
  await send.execute({ id, n }, newCall(systemActor('probe')))
  return id
}
async function until<T>(look: () => Promise<T | null | undefined | false>, ms = 60_000): Promise<T> {
  for (const end = Date.now() + ms; ; ) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const letters = (handler = 'probe-answer') => listDeadLetters(running.boss, { handler })
const letterAbout = (id: string, handler?: string): Promise<DeadLetter> =>
  until(async () => (await letters(handler)).find((letter) => letter.event?.aggregateId === id))
const isHandled = ({ handler, eventId }: DeadLetter) =>
  until(
    async () =>
      (await db.owner`select 1 from handled where handler = ${handler} and event_id = ${eventId}`).length > 0,
  )
const answersTo = async (id: string) =>
  (await db.owner`select 1 from event_log where type = 'probe.letter.answered.v1' and aggregate_id = ${id}`)
    .length
const saidOf = async ({ eventId }: DeadLetter) =>
  (
    await db.owner<{ type: string; version: number; data: Record<string, unknown>; actor_id: string }[]>`
      select type, version, data, actor_id from event_log
      where aggregate_type = 'platform.event' and aggregate_id = ${eventId} order by xid, pos`
  ).map(({ type, version, ...rest }) => ({ what: `${version} ${type.split('.')[2]}`, ...rest }))

beforeAll(async () => {
  db = await testDatabase()
  running = await startHandling(subscriptions)
})
beforeEach(() => {
  broken = true
})
afterAll(async () => {
  await assertInvariants(db.owner, { drained: subscriptions })
  await running.stop()
  await db.drop()
})

test('a dead letter says what it was about and why; mended and redriven, its effect happens once', async () => {
  const id = await sendOne()
  const letter = await letterAbout(id)
  expect(letter).toMatchObject({
    handler: 'probe-answer',
    attempts: 1,
    error: 'Error: the post office is closed',
    handledAt: null,
    event: { type: 'probe.letter.sent.v1', aggregateType: 'probe.letter', aggregateId: id },
  })
  expect(await attemptsOf(letter)).toMatchObject([{ attempt: 1, error: 'Error: the post office is closed' }])

  broken = false
  expect(await redrive(running.boss, [letter])).toEqual({ done: [letter], gone: [] })
  await isHandled(letter)
  expect(await letters()).toEqual([])
  expect(await answersTo(id)).toBe(1)
  expect(await saidOf(letter)).toMatchObject([
    { what: '1 dead_lettered' },
    { what: '2 replayed', data: { handler: 'probe-answer' }, actor_id: 'system:command-line' },
  ])
})

test('redriven while nothing is mended, it comes back', async () => {
  const letter = await letterAbout(await sendOne())
  await redrive(running.boss, [letter])
  const again = await until(async () => (await letters()).find((l) => l.eventId === letter.eventId))
  expect(again.id).not.toBe(letter.id)
  expect(await attemptsOf(again)).toHaveLength(2)
  await discard(running.boss, [again], 'of this test only')
})

test('many redrive at once: one effect, one fact, and the others hear that it is gone', async () => {
  const id = await sendOne()
  const letter = await letterAbout(id)
  broken = false
  const others = await Promise.all([1, 2].map(() => startBoss({ supervise: false })))
  const outcomes = await Promise.all(
    [running.boss, ...others, ...others, running.boss].map((boss) => redrive(boss, [letter])),
  )
  expect(outcomes.filter((o) => o.done.length === 1)).toHaveLength(1)
  expect(outcomes.filter((o) => o.gone.length === 1)).toHaveLength(5)
  await isHandled(letter)
  const jobs =
    await db.owner`select id from pgboss.job where name = 'probe-answer' and data->>'eventId' = ${letter.eventId}`
  expect(jobs).toHaveLength(2)
  expect(await answersTo(id)).toBe(1)
  expect((await saidOf(letter)).map((e) => e.what)).toEqual(['1 dead_lettered', '2 replayed'])
  await Promise.all(others.map((boss) => boss.stop({ graceful: false, close: true })))
})

test('redriving and discarding at once: one of them', async () => {
  const id = await sendOne()
  const letter = await letterAbout(id)
  broken = false
  const [redriven, discarded] = await Promise.all([
    redrive(running.boss, [letter]),
    discard(running.boss, [letter], 'no longer wanted'),
  ])
  expect(redriven.done.length + discarded.done.length).toBe(1)
  if (redriven.done.length > 0) await isHandled(letter)
  expect(await answersTo(id)).toBe(redriven.done.length)
  expect(await letters()).toEqual([])
})

test('discarded, it is gone for good, and the log says why', async () => {
  const id = await sendOne()
  const letter = await letterAbout(id)
  broken = false
  expect(await discard(running.boss, [letter], 'the addressee moved')).toEqual({ done: [letter], gone: [] })
  expect(await letters()).toEqual([])
  expect(await redrive(running.boss, [letter])).toEqual({ done: [], gone: [letter] })
  expect(await answersTo(id)).toBe(0)
  expect(await saidOf(letter)).toMatchObject([
    { what: '1 dead_lettered' },
    { what: '2 discarded', data: { handler: 'probe-answer', reason: 'the addressee moved' } },
  ])
})

test('an event handled after all is not handled again', async () => {
  const letter = await letterAbout(await sendOne(99), 'probe-slow')
  await isHandled(letter)
  const [listed] = await letters('probe-slow')
  expect(listed).toMatchObject({ error: 'believed lost', handledAt: expect.any(String) })
  await redrive(running.boss, [letter])
  const again = () => db.owner<{ state: string }[]>`
    select state from pgboss.job where name = 'probe-slow' and data->>'eventId' = ${letter.eventId} and id <> (
      select id from pgboss.job where name = 'probe-slow' and data->>'eventId' = ${letter.eventId} order by created_on limit 1)`
  await until(async () => (await again())[0]?.state === 'completed')
  const [count] = await db.owner<
    { count: number }[]
  >`select count from rate_count where key = ${`slow:${letter.eventId}`}`
  expect(count?.count).toBe(1)
  expect(await letters('probe-slow')).toEqual([])
})
