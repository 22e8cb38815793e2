import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { appDb, type Tx } from '@/db/client'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { defineEvent } from '../events'
import { newId } from '../id'
import { append, endOfLog, readLog } from '../log'
import { Feed } from './feed'

const noted = defineEvent('test.note.written.v1', {
  schema: z.strictObject({ n: z.int() }),
  retention: 'y1',
  topics: ({ aggregateId }) => [`note:${aggregateId}`],
  canRead: { roles: [], public: true },
})

/** Each test has its own: a feed that starts behind an open transaction of anybody's sees what the tests before wrote. */
let tenantId: string
let db: TestDatabase
let feed: Feed

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
beforeEach(async () => {
  tenantId = newId()
  feed = new Feed()
  await feed.start()
})

const provenance = () => ({
  tenantId,
  actorId: 'test',
  correlationId: newId(),
  causationId: null,
  traceparent: null,
})
const within = <T>(work: (tx: Tx) => Promise<T>) =>
  appDb().transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.tenant', ${tenantId}, true)`)
    return work(tx)
  })
const note = (tx: Tx, ...numbers: number[]) => {
  const about = newId()
  return append(
    tx,
    provenance(),
    numbers.map((n) => noted(about, { n })),
  )
}
const numbers = (rows: { tenant_id: string; data: Record<string, unknown> }[]) =>
  rows.filter((row) => row.tenant_id === tenantId).map((row) => row.data.n)

/** Other tests write on the same server, and their open transactions hold this log back too: read until all is there. */
async function settled(count: number): Promise<unknown[]> {
  const all: unknown[] = []
  for (const deadline = Date.now() + 10_000; all.length < count && Date.now() < deadline; ) {
    all.push(...numbers((await feed.read()).settled))
    if (all.length < count) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return all
}

/** A transaction that has written and waits. */
function held(...what: number[]): Promise<{ commit: () => Promise<void> }> {
  return new Promise((ready, failed) => {
    const done = within(async (tx) => {
      await note(tx, ...what)
      await new Promise<void>((commit) =>
        ready({
          commit: () => {
            commit()
            return done
          },
        }),
      )
    })
    done.catch(failed)
  })
}

test('a row is read once, when it is first visible', async () => {
  await within((tx) => note(tx, 1, 2))
  expect(numbers((await feed.read()).seen)).toEqual([1, 2])
  expect(await feed.read()).toMatchObject({ seen: [], lost: false })
})

test('what is committed behind an open transaction is seen at once and settled in order, never read again', async () => {
  const early = await held(1)
  await within((tx) => note(tx, 2))
  const first = await feed.read()
  expect([numbers(first.seen), numbers(first.settled)]).toEqual([[2], []])
  await within((tx) => note(tx, 3))
  expect(numbers((await feed.read()).seen)).toEqual([3])
  await early.commit()
  expect(await settled(3)).toEqual([1, 2, 3])
})

test('a feed that starts behind an open transaction still gets what was committed before it started', async () => {
  const early = await held(1)
  await within((tx) => note(tx, 2))
  await feed.start()
  await early.commit()
  expect(await settled(2)).toEqual([1, 2])
})

test('positions are ordered as numbers: 999 before 1000', async () => {
  const before = await endOfLog(appDb())
  await db.owner`select setval('event_pos', 997)`
  await within((tx) => note(tx, 1, 2, 3, 4))
  expect(await settled(4)).toEqual([1, 2, 3, 4])
  const rows = await within((tx) => readLog(tx, before, 1000))
  expect(numbers(rows)).toEqual([1, 2, 3, 4])
})

test('pages of one read are one view of the log', async () => {
  const many = Array.from({ length: 2500 }, (_, n) => n)
  await within((tx) => note(tx, ...many))
  expect(numbers((await feed.read()).seen)).toEqual(many)
  expect(await feed.read()).toMatchObject({ seen: [] })
})

test('too much at once is skipped, and whoever resumes from before it must start over', async () => {
  const before = feed.position
  const bulk = Array.from({ length: 10_000 }, (_, n) => n)
  await within((tx) => note(tx, ...bulk))
  expect((await feed.read()).lost).toBe(true)
  expect(feed.covers(before)).toBe(false)
  await within((tx) => note(tx, 7))
  expect(await settled(1)).toEqual([7])
  expect(feed.covers(feed.position)).toBe(true)
})

test('of two readings at once only the newer counts, and nothing is lost or read twice', async () => {
  await within((tx) => note(tx, 1))
  const [older, newer] = await Promise.allSettled([feed.read(), feed.read()])
  expect(older.status).toBe('rejected')
  expect(newer.status === 'fulfilled' && numbers(newer.value.seen)).toEqual([1])
  expect(await feed.read()).toMatchObject({ seen: [] })
})

test('another epoch means another log: everybody starts over', async () => {
  await db.owner`insert into log_epoch (epoch, system_identifier) values (2, 1)`
  await db.owner`alter table event_log alter column epoch set default 2`
  expect((await feed.read()).lost).toBe(true)
  await within((tx) => note(tx, 1))
  expect(await settled(1)).toEqual([1])
})
