import { describe, expect, test } from 'vitest'
import { someoneSignedIn } from '@/db/testing-browser'
import {
  ask,
  askFor,
  book,
  calendarPath,
  follow,
  listen,
  member,
  refusal,
  serveStreams,
  watch,
  world,
} from '@/db/testing-live'
import { someone, testWorld } from '@/db/testing-world'
import { grantMembership } from './auth/membership/grant'
import { cancelAppointment } from './booking/appointment/cancel'
import { updateProvider } from './business/provider/update'
import { newCall } from './core/command'
import { resourceToken } from './core/crypto'
import { newId } from './core/id'
import type { Listener } from './core/live/testing'
import { streamCaps } from './live'

serveStreams()

const isBooked = (startTime: string) => (heard: { data: Record<string, unknown> }) =>
  heard.data.startTime === startTime && heard.data.newStatus === 'booked'

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
