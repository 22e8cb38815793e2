import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someoneSignedIn } from '@/db/testing-browser'
import { someone, testWorld, type World } from '@/db/testing-world'
import { grantMembership } from './auth/membership/grant'
import { revokeMembership } from './auth/membership/revoke'
import { endOtherSessions } from './auth/user/end-session'
import { bookAppointment } from './booking/appointment/book'
import { cancelAppointment } from './booking/appointment/cancel'
import { updateProvider } from './business/provider/update'
import { anonymous, type Role } from './core/actor'
import { newCall } from './core/command'
import { resourceToken } from './core/crypto'
import { FrontDoor } from './core/front-door'
import { newId } from './core/id'
import { hub, stopHub } from './core/live/hub'
import { Listener } from './core/live/testing'
import { serveLive, streamCaps } from './live'

let db: TestDatabase
let world: World
const open: Listener[] = []

beforeAll(async () => {
  db = await testDatabase()
  world = await testWorld()
  await door.listen(port, '127.0.0.1')
})
afterAll(async () => {
  await stopHub()
  door.server.close()
  await db.drop()
})
afterEach(async () => {
  for (const listener of open.splice(0)) listener.leave()
  await vi.waitFor(() => expect(hub().size).toBe(0), 5000)
})

const port = 20_000 + Math.floor(Math.random() * 20_000)
const door = new FrontDoor({
  handlers: [
    async (req, res) => {
      await serveLive(req, res)
      return true
    },
  ],
  app: async () => {},
  proxies: { hops: 1 },
  drainSeconds: 1,
})

type Ask = {
  headers?: HeadersInit | (() => Headers)
  lastEventId?: string
  peer?: string
  method?: string
  signal?: AbortSignal
}

function ask(
  path: string,
  { headers, lastEventId, peer = '192.0.2.1', ...init }: Ask = {},
): Promise<Response> {
  const all = new Headers(typeof headers === 'function' ? headers() : headers)
  all.set('x-forwarded-for', peer)
  if (lastEventId !== undefined) all.set('last-event-id', lastEventId)
  return fetch(`http://127.0.0.1:${port}${path}`, { headers: all, ...init })
}
const askFor = (topics: string, how: Ask = {}) => ask(`/api/live?topics=${topics}`, how)
const calendarPath = (providerId: string) => `/api/v1/providers/${providerId}/live`

async function listen(response: Promise<Response>): Promise<Listener> {
  const answer = await response
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  const listener = Listener.of(answer)
  open.push(listener)
  await listener.when(() => listener.comments > 0)
  return listener
}

const follow = (topics: string, how: Ask = {}) => listen(askFor(topics, how))
const watch = (how: Ask = {}) => listen(ask(calendarPath(world.providerId), how))

const refusal = async (response: Promise<Response>) => {
  const answer = await response
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) }
}

let nextDay = 3
/** A booking of its own day each, so that nothing stands in another's way. */
const book = (client = someone(), clock = '10:00', day = nextDay++) =>
  bookAppointment.execute(
    {
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(day, clock),
      client,
    },
    newCall(anonymous),
  )
const isBooked = (startTime: string) => (heard: { data: Record<string, unknown> }) =>
  heard.data.startTime === startTime && heard.data.newStatus === 'booked'

/** Somebody signed in, with a role in the business. */
async function member(role: Role, email = `${newId()}@example.com`) {
  const who = await someoneSignedIn(email)
  const { membershipId } = await grantMembership.execute(
    { businessId: world.businessId, userId: who.userId, role },
    newCall(world.owner),
  )
  return { ...who, membershipId }
}

describe('what is said', () => {
  test('a booking reaches another visitor as a hint of the time, and of nothing else', async () => {
    const visitor = await watch()
    const booked = await book()
    const heard = await visitor.until(isBooked(booked.startTime), 1000)
    expect(heard.event).toBe('availability')
    expect(heard.id).toMatch(/^\d+\.\d+\.\d+$/)
    expect(heard.data).toEqual({
      date: booked.startTime.slice(0, 10),
      startTime: booked.startTime,
      endTime: booked.endTime,
      newStatus: 'booked',
      slotId: null,
      seatsLeft: 0,
    })
  })

  test('the answer is a stream that nothing on the way holds back', async () => {
    const answer = await ask(calendarPath(world.providerId))
    const visitor = await listen(Promise.resolve(answer))
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers.get('cache-control')).toContain('no-transform')
    expect(answer.headers.get('x-accel-buffering')).toBe('no')
    expect(visitor.retryMs).toBeGreaterThanOrEqual(1000)
    expect(visitor.lastEventId).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test('a change of the whole calendar says: read it again', async () => {
    const visitor = await watch()
    await updateProvider.execute(
      { businessId: world.businessId, providerId: world.providerId, changes: { bio: newId() } },
      newCall(world.owner),
    )
    expect((await visitor.until((h) => h.event === 'reset')).data).toEqual({ reason: 'changed' })
  })

  test("the app's stream carries one hint an event, in the log's order, whichever topics it has", async () => {
    const owner = await member('owner')
    const topics = `business:${world.businessId},calendar:${world.providerId}`
    const stream = await follow(topics, owner)
    const { id } = await book()
    await cancelAppointment.execute(
      { id },
      newCall({ kind: 'bearer', id: 'b', resource: 'appointment', resourceId: id }),
    )
    await stream.until((h) => h.data.type === 'booking.appointment.cancelled.v1')
    const said = stream.heard.filter((h) => h.data.aggregateId === id || h.data.startTime).map((h) => h.data)
    expect(said.map((d) => String(d.type).split('.')[2])).toEqual(
      ['availability_changed', 'created', 'confirmed', 'cancelled', 'availability_changed'].filter(
        (_, n) => n < said.length,
      ),
    )
    expect(said[1]).toEqual({
      type: 'booking.appointment.created.v1',
      aggregateId: id,
      version: 1,
      topics: [`business:${world.businessId}`, `appointment:${id}`],
    })
  })

  test('within a business each event is judged by its own rule', async () => {
    const provider = await member('provider')
    const owner = await member('owner')
    const [seesSome, seesAll] = await Promise.all([
      follow(`business:${world.businessId}`, provider),
      follow(`business:${world.businessId}`, owner),
    ])
    await book(someone('Unknown'))
    const confirmed = (h: { data: Record<string, unknown> }) =>
      h.data.type === 'booking.appointment.confirmed.v1'
    await seesAll.until(confirmed)
    await seesSome.until(confirmed)
    const types = (l: Listener) => l.heard.map((h) => h.data.type)
    expect(types(seesAll)).toContain('business.contact.created.v1')
    expect(types(seesSome)).not.toContain('business.contact.created.v1')
  })
})

describe('who may follow', () => {
  const elsewhere = newId()
  test.each([
    ['an unknown kind', 'weather:1', 404],
    ['a name of every object', 'constructor:1', 404],
    ['an id that is none', 'calendar:1', 404],
    ['a provider that does not exist', `calendar:${elsewhere}`, 404],
    ['a catalogue that does not exist', `catalogue:${elsewhere}`, 404],
    ['a person, as nobody', `user:${elsewhere}`, 401],
    ['a business, as nobody', `business:${elsewhere}`, 401],
    ['an appointment, as nobody', `appointment:${elsewhere}`, 401],
    ['the platform, as nobody', 'platform', 401],
    ['a topic with more behind it', `calendar:${elsewhere}:x`, 404],
  ])('%s: the whole request is refused and the topic named', async (_, topic, status) => {
    const answer = await refusal(askFor(`calendar:${world.providerId},${topic}`))
    expect(answer).toMatchObject({ status, topic })
  })

  test.each([
    ['no topics', '/api/live', 400],
    ['an empty one', '/api/live?topics=', 400],
    [
      'too many',
      `/api/live?topics=${Array.from({ length: streamCaps.topics + 1 }, (_, n) => `a:${n}`).join()}`,
      400,
    ],
    ['an unknown field', '/api/live?topics=platform&x=1', 400],
    ['a control character', '/api/live?topics=%00', 404],
  ])('%s', async (_, path, status) => {
    expect(await refusal(ask(path))).toMatchObject({
      status,
      correlationId: expect.any(String),
    })
  })

  test('a public stream of an unknown provider is not found', async () => {
    expect(await refusal(ask(calendarPath(elsewhere)))).toMatchObject({ status: 404 })
    expect(await refusal(ask(calendarPath("1' or 1=1")))).toMatchObject({ status: 404 })
  })

  test('members follow their business, clients of it and strangers do not; a person follows only themselves', async () => {
    const topic = `business:${world.businessId}`
    const client = await member('client')
    const stranger = await someoneSignedIn(`${newId()}@example.com`)
    expect(await refusal(askFor(`${topic}`, client))).toMatchObject({
      status: 403,
      topic,
    })
    expect(await refusal(askFor(`${topic}`, stranger))).toMatchObject({
      status: 404,
      topic,
    })
    const other = `user:${client.userId}`
    expect(await refusal(askFor(`${other}`, stranger))).toMatchObject({
      status: 404,
    })
    expect(await refusal(askFor('platform', stranger))).toMatchObject({
      status: 404,
    })
    await follow(`user:${client.userId}`, client)
    for (const role of ['owner', 'admin', 'provider', 'field_manager', 'agent', 'kit_keeper'] as const)
      await follow(topic, await member(role))
  }, 60_000)

  test("a link's token opens its one appointment, several tokens several", async () => {
    const [one, two] = [await book(), await book()]
    const tokens = [one, two].map(({ id }) => resourceToken('appointment', id))
    const both = `appointment:${one.id},appointment:${two.id}`
    const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
    expect(await refusal(askFor(`${both}`, bearer(tokens[0] as string)))).toMatchObject({
      topic: `appointment:${two.id}`,
    })
    const stream = await follow(both, bearer(tokens.join()))
    await cancelAppointment.execute(
      { id: two.id },
      newCall({ kind: 'bearer', id: 'b', resource: 'appointment', resourceId: two.id }),
    )
    const heard = await stream.until((h) => h.data.type === 'booking.appointment.cancelled.v1')
    expect(heard.data).toMatchObject({ aggregateId: two.id })
  })

  test("a calendar that is not published is its own business's alone", async () => {
    const hidden = await testWorld()
    const businessId = hidden.businessId
    await updateProvider.execute(
      { businessId, providerId: hidden.providerId, changes: { published: false } },
      newCall(hidden.owner),
    )
    expect(await refusal(ask(calendarPath(hidden.providerId)))).toMatchObject({
      status: 404,
    })
    const who = await someoneSignedIn(`${newId()}@example.com`)
    await grantMembership.execute({ businessId, userId: who.userId, role: 'provider' }, newCall(hidden.owner))
    await follow(`calendar:${hidden.providerId}`, who)
  })
})

describe('rights that end', () => {
  const types = (listener: Listener) => listener.heard.map((h) => h.data.type)

  test('a revoked member hears nothing more, and the stream ends; those who stay hear of it', async () => {
    const [leaver, stayer] = [await member('admin'), await member('admin')]
    const topic = `business:${world.businessId}`
    const [left, stays] = await Promise.all([follow(topic, leaver), follow(topic, stayer)])
    await book()
    await left.until((h) => h.data.type === 'booking.appointment.confirmed.v1')
    left.heard.length = 0
    const { membershipId } = leaver
    await revokeMembership.execute({ businessId: world.businessId, membershipId }, newCall(world.owner))
    const { id } = await book()
    await left.untilEnded(5000)
    expect(types(left)).toEqual([])
    await stays.until((h) => h.data.type === 'auth.membership.revoked.v1')
    await stays.until((h) => h.data.aggregateId === id)
    expect(await refusal(askFor(`${topic}`, leaver))).toMatchObject({
      status: 404,
      topic,
    })
  })

  test('taken away by another process: nobody here was told, yet the stream ends', async () => {
    const leaver = await member('admin')
    const stream = await follow(`business:${world.businessId}`, leaver)
    const telling = globalThis as { __slotwise_pokes?: unknown }
    const ours = telling.__slotwise_pokes
    telling.__slotwise_pokes = undefined
    try {
      await revokeMembership.execute(
        { businessId: world.businessId, membershipId: leaver.membershipId },
        newCall(world.owner),
      )
    } finally {
      telling.__slotwise_pokes = ours
    }
    await book()
    await stream.untilEnded(5000)
    expect(types(stream)).not.toContain('booking.appointment.created.v1')
  })

  test('a role less is not all roles less: the stream goes on with what is left', async () => {
    const who = await member('admin')
    await grantMembership.execute(
      { businessId: world.businessId, userId: who.userId, role: 'provider' },
      newCall(world.owner),
    )
    const stream = await follow(`business:${world.businessId}`, who)
    await revokeMembership.execute(
      { businessId: world.businessId, membershipId: who.membershipId },
      newCall(world.owner),
    )
    const { id } = await book(someone(newId()))
    await stream.until((h) => h.data.aggregateId === id)
    expect(stream.ended).toBe(false)
    expect(types(stream)).not.toContain('business.contact.created.v1')
    // It happened to them, so they hear of it, whatever they may read otherwise.
    expect(types(stream)).toContain('auth.membership.revoked.v1')
  })

  test('ending a session ends its streams, and no others', async () => {
    const who = await someoneSignedIn(`${newId()}@example.com`)
    const topic = `user:${who.userId}`
    const stream = await follow(topic, who)
    await endOtherSessions(who.userId, newId())
    await stream.untilEnded(5000)
    expect(await refusal(askFor(`${topic}`, who))).toMatchObject({
      status: 401,
    })
  })
})

describe('caps', () => {
  test('a person has five streams and visitors of one address twenty, an IPv6 network counting as one', async () => {
    const who = await someoneSignedIn(`${newId()}@example.com`)
    for (let n = 0; n < streamCaps.perUser; n++)
      await follow(`user:${who.userId}`, { headers: who.headers, peer: `198.51.100.${n}` })
    const sixth = await askFor(`user:${who.userId}`, who)
    expect(sixth.status).toBe(429)
    expect(sixth.headers.get('retry-after')).toBe('15')
    for (let n = 0; n < streamCaps.perAddress; n++) await watch({ peer: `2001:db8:1:2::${n}` })
    expect(await refusal(ask(calendarPath(world.providerId), { peer: '2001:db8:1:2:3::' }))).toMatchObject({
      status: 429,
    })
    await watch({ peer: '2001:db8:1:3::1' })
    const full = hub().size
    open.pop()?.leave()
    open.pop()?.leave()
    await vi.waitFor(() => expect(hub().size).toBe(full - 2), 5000)
    await watch({ peer: '2001:db8:1:2::99' })
  })

  test('a HEAD opens nothing, and nothing but GET is taken', async () => {
    const before = hub().size
    expect((await ask(calendarPath(world.providerId), { method: 'HEAD' })).status).toBe(200)
    expect(hub().size).toBe(before)
    expect(await refusal(ask(calendarPath(world.providerId), { method: 'POST' }))).toMatchObject({
      status: 405,
    })
  })

  test('a peer that goes away leaves nothing behind', async () => {
    const before = hub().size
    const stream = await watch()
    expect(hub().size).toBe(before + 1)
    stream.leave()
    await vi.waitFor(() => expect(hub().size).toBe(before), 5000)
    // Some go before they were answered.
    for (let n = 0; n < 20; n++) {
      const gone = new AbortController()
      void ask(calendarPath(world.providerId), { signal: gone.signal }).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, n / 2))
      gone.abort()
    }
    await vi.waitFor(() => expect(hub().size).toBe(before), 5000)
  })
})
