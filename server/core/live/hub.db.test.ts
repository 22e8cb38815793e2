import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { appDb } from '@/db/client'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { type Actor, anonymous } from '../actor'
import { Refusal } from '../errors'
import { defineEvent } from '../events'
import { newId } from '../id'
import { stopInOrder } from '../lifecycle'
import { append, beginning, readLog } from '../log'
import type { Render } from './event'
import { Hub, liveLimits } from './hub'
import { poke } from './poke'
import { ResponseSink } from './sink'
import type { Subscription } from './stream'
import { Listener } from './testing'

const noted = defineEvent('test.note.written.v1', {
  schema: z.strictObject({ n: z.int(), room: z.string() }),
  retention: 'y1',
  topics: ({ data }) => [`room:${data.room}`, 'rooms'],
  canRead: { roles: [], public: true },
})
const changed = defineEvent('test.person.changed.v1', {
  schema: z.strictObject({ userId: z.guid() }),
  retention: 'y1',
  topics: ({ data }) => [`user:${data.userId}`],
  canRead: { roles: [], public: true },
})

const tenantId = newId()
let db: TestDatabase
let hub: Hub
const listeners: Listener[] = []

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
beforeEach(() => {
  hub = new Hub().start()
})
afterEach(async () => {
  for (const listener of listeners.splice(0)) listener.leave()
  await hub.stop()
})

const provenance = () => ({
  tenantId,
  actorId: 'test',
  correlationId: newId(),
  causationId: null,
  traceparent: null,
})

async function write(
  events: Parameters<typeof append>[2],
  whileOpen: () => Promise<unknown> = async () => {},
): Promise<void> {
  const { topics } = await appDb().transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.tenant', ${tenantId}, true)`)
    const appended = await append(tx, provenance(), events)
    await whileOpen()
    return appended
  })
  poke(topics)
}
const note = (room: string, n: number) => noted(newId(), { n, room })

const render: Render = ({ data }) => ({ event: 'note', data })

async function follow(
  topics: string[],
  over: Partial<Subscription> = {},
  from: Hub = hub,
  listener = new Listener(),
): Promise<Listener> {
  const subscription = {
    topics,
    viewers: [anonymous],
    since: from.moment(),
    countedAs: { name: 'test', most: 1000 },
    render,
    again: async () => [anonymous],
    lastEventId: null,
    ...over,
  }
  listener.leave = await from.follow(subscription, listener)
  listeners.push(listener)
  return listener
}

const numbers = (listener: Listener) => listener.heard.filter((h) => h.event === 'note').map((h) => h.data.n)
const hears = (listener: Listener, n: number) => listener.until((h) => h.data.n === n)
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** What the log says, in its order, of one room. */
async function logged(room: string): Promise<unknown[]> {
  const rows = await appDb().transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.tenant', ${tenantId}, true)`)
    return readLog(tx, beginning, 10_000)
  })
  return rows.filter((row) => row.data.room === room).map((row) => row.data.n)
}

describe('resuming', () => {
  test('from the last id: what was missed, once, in order, then what comes', async () => {
    const room = newId()
    const first = await follow([`room:${room}`])
    await write([note(room, 1)])
    const { id } = await hears(first, 1)
    first.leave()
    await write([note(room, 2), note('elsewhere', 99), note(room, 3)])
    const second = await follow([`room:${room}`], { lastEventId: id })
    await write([note(room, 4)])
    await hears(second, 4)
    expect(numbers(second)).toEqual([2, 3, 4])
  })

  test('from the id a quiet stream was given, before any event', async () => {
    const room = newId()
    const first = await follow([`room:${room}`])
    await first.when(() => first.lastEventId !== null)
    first.leave()
    await write([note(room, 1)])
    const second = await follow([`room:${room}`], { lastEventId: first.lastEventId })
    await hears(second, 1)
    expect(second.heard.map((h) => h.event)).toEqual(['note'])
  })

  test('in another process, which was not there when it was written', async () => {
    const room = newId()
    const first = await follow([`room:${room}`])
    await write([note(room, 1)])
    const { id } = await hears(first, 1)
    await write([note(room, 2)])
    const other = new Hub().start()
    const second = await follow([`room:${room}`], { lastEventId: id }, other)
    await hears(second, 2)
    await write([note(room, 3)])
    await hears(second, 3)
    expect(numbers(second)).toEqual([2, 3])
    await other.stop()
  })

  test('while four writers append out of order, a reader that keeps losing its stream misses nothing and hears nothing twice', async () => {
    const room = newId()
    const each = 60
    const first = await follow([`room:${room}`])
    await first.when(() => first.lastEventId !== null)
    let lastEventId = first.lastEventId
    let writing = true
    const writers = Promise.all(
      Array.from({ length: 4 }, async (_, w) => {
        for (let n = 0; n < each; n++)
          await write([note(room, w * each + n)], () => pause(Math.random() < 0.3 ? Math.random() * 15 : 0))
      }),
    ).then(() => {
      writing = false
    })
    const heard: unknown[] = []
    let streams = 0
    const readOn = async (ms: number) => {
      const listener = await follow([`room:${room}`, 'rooms'], { lastEventId })
      streams++
      await pause(ms)
      listener.leave()
      expect(listener.heard.filter((h) => h.event !== 'note')).toEqual([])
      heard.push(...numbers(listener))
      lastEventId = listener.lastEventId ?? lastEventId
    }
    while (writing) await readOn(5 + Math.random() * 40)
    await writers
    const all = 4 * each
    for (const deadline = Date.now() + 10_000; heard.length < all && Date.now() < deadline; )
      await readOn(100)
    expect(streams).toBeGreaterThan(5)
    expect(heard).toEqual(await logged(room))
    expect(new Set(heard).size).toBe(all)
  })

  test.each([
    ['nonsense', 'x'],
    ['nothing', ''],
    ['too many digits', `1.${'9'.repeat(30)}.1`],
    ['a number beyond its type', '1.18446744073709551616.1'],
    ['another epoch', '7.1.1'],
    ['the future', '1.18446744073709551615.1'],
    ['before the log begins', '1.1.1'],
  ])('an id that is %s starts over, and the stream lives on', async (_, lastEventId) => {
    const room = newId()
    const stream = await follow([`room:${room}`], { lastEventId })
    await stream.until((h) => h.event === 'reset')
    await write([note(room, 1)])
    await hears(stream, 1)
    expect(stream.heard.map((h) => h.event)).toEqual(['reset', 'note'])
  })

  test('too much missed, or too much to look through, starts over', async () => {
    const room = newId()
    const first = await follow([`room:${room}`])
    await write([note(room, 0)])
    const { id } = await hears(first, 0)
    await write(Array.from({ length: 12 }, (_, n) => note(n < 4 ? room : 'elsewhere', n + 1)))
    await hears(first, 4)
    const limited = async (replay: Partial<typeof liveLimits.replay>) => {
      const other = new Hub({ ...liveLimits, replay: { ...liveLimits.replay, ...replay } }).start()
      const stream = await follow([`room:${room}`], { lastEventId: id }, other)
      await stream.when(() => stream.heard.length > 0)
      await other.stop()
      return stream.heard[0]
    }
    expect(await limited({ mostEvents: 3 })).toMatchObject({ event: 'reset', data: { reason: 'behind' } })
    expect(await limited({ mostScanned: 5 })).toMatchObject({ event: 'reset', data: { reason: 'behind' } })
    expect(await limited({ mostEvents: 4, mostScanned: 12 })).toMatchObject({ event: 'note', data: { n: 1 } })
    await db.owner`update event_log set recorded_at = recorded_at - interval '5 hours' `
    expect(await limited({ withinHours: 1 })).toMatchObject({ event: 'reset' })
  })
})

describe('rights', () => {
  const userId = newId()
  const user: Actor = { kind: 'user', id: userId, userId, grants: [], operator: false }

  test('what happens while somebody is asked about waits, and goes out in order if they still may', async () => {
    const room = newId()
    const answers: (() => void)[] = []
    const again = () => new Promise<readonly Actor[]>((resolve) => answers.push(() => resolve([user])))
    const stream = await follow([`room:${room}`], { viewers: [user], again })
    await write([note(room, 1), changed(newId(), { userId }), note(room, 2)])
    // Asked at the poke, and again when the log was read.
    await vi.waitFor(() => expect(answers).toHaveLength(2), 5000)
    answers[0]?.()
    await pause(50)
    expect(numbers(stream)).toEqual([])
    answers[1]?.()
    await hears(stream, 2)
    expect(numbers(stream)).toEqual([1, 2])
  })

  test('who no longer may is cut off before what follows', async () => {
    const room = newId()
    const again = async () => {
      throw new Refusal('forbidden', 'forbidden')
    }
    const stream = await follow([`room:${room}`], { viewers: [user], again })
    await write([changed(newId(), { userId }), note(room, 1)])
    await stream.untilEnded()
    expect(stream.heard).toEqual([])
  })

  test('rights that changed while they were being looked up are looked up again', async () => {
    const since = hub.moment()
    poke([`user:${userId}`])
    const again = vi.fn(async () => [user])
    await follow(['rooms'], { viewers: [user], since, again })
    expect(again).toHaveBeenCalledTimes(1)
  })

  test('everybody is asked about now and then; who cannot be found out about just now stays', async () => {
    const often = new Hub({ ...liveLimits, checkMs: 500 }).start()
    const again = vi.fn(async (): Promise<readonly Actor[]> => [anonymous])
    again.mockRejectedValueOnce(new Refusal('unavailable', 'unavailable'))
    const stream = await follow(['rooms'], { again }, often)
    await vi.waitFor(() => expect(again.mock.calls.length).toBeGreaterThan(1), 5000)
    expect(stream.ended).toBe(false)
    again.mockRejectedValue(new Refusal('not_found', 'not_found'))
    await stream.untilEnded()
    await often.stop()
  })
})

describe('keeping streams in check', () => {
  test('a reader that takes nothing is told to start over and cut off; the others do not notice', async () => {
    const room = newId()
    const full = new Listener()
    full.room = 100
    const slow = await follow([`room:${room}`], {}, hub, full)
    const brisk = await follow([`room:${room}`])
    for (let n = 0; n < 300; n += 50) await write(Array.from({ length: 50 }, (_, i) => note(room, n + i)))
    await hears(brisk, 299)
    expect(numbers(brisk)).toHaveLength(300)
    expect(numbers(slow)).toHaveLength(99)
    expect(slow.heard.at(-1)).toMatchObject({ event: 'reset', data: { reason: 'behind' } })
    expect(slow.ended).toBe(true)
    expect(hub.size).toBe(1)
  })

  test('a connection that is not read is cut off once its share of memory is full', async () => {
    const room = newId()
    const wide = 'x'.repeat(100_000)
    const server = createServer(async (_req, res) => {
      const sink = new ResponseSink(res, {})
      const leave = await hub.follow(
        {
          topics: [`room:${room}`],
          viewers: [anonymous],
          since: 0,
          countedAs: { name: 'stuck', most: 1 },
          render: ({ data }) => ({ event: 'note', data: { ...data, wide } }),
          again: async () => [anonymous],
          lastEventId: null,
        },
        sink,
      )
      res.once('close', leave)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const stuck = connect((server.address() as AddressInfo).port, '127.0.0.1').pause()
    stuck.on('error', () => {})
    stuck.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await vi.waitFor(() => expect(hub.size).toBe(1), 5000)
    // The kernel takes some megabytes before anything waits here.
    for (let n = 0; n < 20 && hub.size > 0; n++)
      await write(Array.from({ length: 20 }, (_, i) => note(room, 20 * n + i)))
    await vi.waitFor(() => expect(hub.size).toBe(0), 5000)
    stuck.destroy()
    server.close()
  })

  test('pings keep a quiet stream open and its last id young; its age is bounded', async () => {
    const brief = new Hub({ ...liveLimits, pingMs: 500, maxAgeMs: 4000 }).start()
    const stream = await follow([`room:${newId()}`], {}, brief)
    await stream.when(() => stream.lastEventId !== null)
    const given = stream.lastEventId
    await write([note('elsewhere', 1)])
    await stream.when(() => stream.comments > 1 && stream.lastEventId !== given)
    expect(stream.heard).toEqual([])
    await stream.untilEnded(10_000)
    expect(brief.size).toBe(0)
    await brief.stop()
  })

  test('a process that ends says goodbye on a hundred streams, and opens no more', async () => {
    const hundred = await Promise.all(Array.from({ length: 100 }, () => follow(['rooms'])))
    await hub.stop()
    await Promise.all(hundred.map((stream) => stream.untilEnded()))
    expect(hundred.map((stream) => stream.heard.at(-1)?.event)).toEqual(Array(100).fill('bye'))
    await expect(follow(['rooms'])).rejects.toMatchObject({ kind: 'unavailable' })
  })
})

describe('stamps', () => {
  test('rise at once with a local poke, and when another process commits, also behind an open transaction', async () => {
    const room = newId()
    await follow(['rooms'])
    const topic = `room:${room}`
    const before = hub.stamp(topic)
    poke([topic])
    const poked = hub.stamp(topic)
    expect(poked).toBeGreaterThan(before)
    let commit = () => {}
    const open = write([note('elsewhere', 0)], () => new Promise<void>((resolve) => (commit = resolve)))
    await pause(50)
    await appDb().transaction(async (tx) => {
      await tx.execute(sql`select set_config('app.tenant', ${tenantId}, true)`)
      await append(tx, provenance(), [note(room, 1)])
    })
    const committed = Date.now()
    await vi.waitFor(() => expect(hub.freshAsOf()).toBeGreaterThan(committed), 5000)
    expect(hub.stamp(topic)).toBeGreaterThan(poked)
    commit()
    await open
  })
})

test('when the process stops, its streams end with it', async () => {
  const stream = await follow(['rooms'])
  await stopInOrder(async () => {})
  await stream.untilEnded()
  globalThis.__slotwise_stopping = undefined
})
