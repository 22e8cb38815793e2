import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { fieldsOf, sampleInput } from '@/db/testing-samples'
import { someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from './booking/appointment/book'
import { anonymous } from './core/actor'
import { newCall } from './core/command'
import { isRefusal, refusalKinds } from './core/errors'
import { createCallerFactory } from './procedure'
import { type Listed, procedures } from './procedures'
import { serveRest } from './rest'
import { appRouter } from './router'
import { showAvailability } from './scheduling/calendar/show-availability'

let db: TestDatabase
let world: World
let bookingId: string

beforeAll(async () => {
  db = await testDatabase()
  process.env.RATE_LIMITS = 'off'
  globalThis.__slotwise_config = undefined
  world = await testWorld()
  const time = { providerId: world.providerId, serviceId: world.serviceId, startTime: world.at(2, '09:00') }
  bookingId = (await bookAppointment.execute({ ...time, client: someone() }, newCall(anonymous))).id
})
afterAll(() => db.drop())

/** What people, fuzzers and broken programs send. */
const hostile: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  -2147483649,
  '',
  ' ',
  'x',
  'x'.repeat(100_000),
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e',
  'a\r\nBEGIN:VEVENT',
  "'; drop table appointment; --",
  '<script>alert(1)</script>',
  '=cmd|" /C calc"!A0',
  '../../../../etc/passwd',
  '2026-02-30T10:00:00Z',
  '2026-13-01',
  '0000-00-00T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '99999-01-01T00:00:00Z',
  '2026-03-29T02:30:00',
  'Europe/Nowhere',
  '00000000-0000-0000-0000-000000000000',
  [],
  [[]],
  [null],
  {},
  { $ne: null },
  { toString: 1 },
  JSON.parse('{"__proto__":{"admin":true}}'),
  Array.from({ length: 2000 }, () => 'x'),
]

const caller = createCallerFactory(appRouter)

type Outcome = { kind: string; fields: string[] }

async function call(p: Listed, input: unknown): Promise<Outcome> {
  let at = caller({ call: newCall(world.owner) }) as unknown as Record<string, unknown>
  for (const part of p.path.split('.')) at = at[part] as Record<string, unknown>
  try {
    await (at as unknown as (i: unknown) => Promise<unknown>)(input)
    return { kind: 'ok', fields: [] }
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error
    if (!isRefusal(cause)) return { kind: `fault: ${String((cause as Error)?.message)}`, fields: [] }
    return { kind: cause.kind, fields: Object.keys((cause.data.errors as object | undefined) ?? {}) }
  }
}

const facts = async () => {
  const [row] = await db.owner<{ n: number }[]>`select count(*)::int as n from event_log`
  return row?.n
}

const sample = (p: Listed) => sampleInput(p.action.input, world, { id: bookingId })

describe.each(procedures().map((p) => [p.path, p] as const))('%s', (_, p) => {
  test('answers every hostile value of every field with a typed refusal, and writes nothing when it refuses', async () => {
    const wrong: string[] = []
    for (const { name, saying } of fieldsOf(p.action.input))
      for (const value of hostile) {
        const before = await facts()
        const { kind } = await call(p, { ...sample(p), ...saying(value) })
        const shown = JSON.stringify(value)?.slice(0, 60)
        if (kind === 'ok') continue
        const status = refusalKinds[kind as keyof typeof refusalKinds]?.status
        if (!status || status >= 500) wrong.push(`${name} = ${shown}: ${kind}`)
        if ((await facts()) !== before) wrong.push(`${name} = ${shown}: ${kind}, yet something was written`)
      }
    expect(wrong).toEqual([])
  }, 120_000)

  test('names an unknown field, and refuses a body that is none', async () => {
    const before = await facts()
    const { kind, fields } = await call(p, { ...sample(p), surprise: 1 })
    expect({ kind, fields }).toEqual({ kind: 'malformed', fields: ['surprise'] })
    for (const body of [null, 'text', 7, [], true]) expect((await call(p, body)).kind).toBe('malformed')
    expect(await facts()).toBe(before)
  })
})

describe('names of fields', () => {
  const book = procedures().find((p) => p.path === 'appointment.book') as Listed

  test('are told with where they stand, and none is taken for ancestry', async () => {
    const nested = { ...sample(book), client: { name: 'A', email: 'a@example.com', z: 1 } }
    expect(await call(book, nested)).toEqual({ kind: 'malformed', fields: ['client.z'] })
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const input = JSON.parse(`{"${name}": {"admin": true}}`)
      const { kind, fields } = await call(book, Object.assign(input, sample(book)))
      expect({ kind, named: fields.includes(name) }).toEqual({ kind: 'malformed', named: true })
    }
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`k${n}`, n]))
    expect((await call(book, { ...sample(book), ...many })).fields.length).toBeLessThanOrEqual(20)
  })
})

describe('REST', () => {
  // What was accepted above may have closed the old one.
  beforeAll(async () => {
    world = await testWorld()
  })
  const ask = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await serveRest(new Request(`http://localhost/api/v1${path}`, { method, ...init }))
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Record<string, unknown>,
    }
  }
  const json = (body: string) => ({ body, headers: { 'content-type': 'application/json' } })
  const good = () => ({
    providerId: world.providerId,
    serviceId: world.serviceId,
    startTime: world.at(6, '10:00'),
    client: { name: 'A', email: 'a@example.com' },
  })

  test.each([
    ['not JSON', 'POST', '/bookings', json('{'), 400],
    ['an array', 'POST', '/bookings', json('[]'), 400],
    [
      'a form',
      'POST',
      '/bookings',
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
    ],
    ['no body', 'POST', '/bookings', {}, 415],
    ['an unknown path', 'GET', '/nothing', {}, 404],
    ['a method it does not take', 'GET', '/bookings', {}, 405],
    ['a broken escape', 'GET', '/bookings/%E0%A4%A', {}, 404],
    [
      'an id that is none',
      'GET',
      '/bookings/1',
      { headers: { authorization: `Bearer ${'x'.repeat(43)}` } },
      400,
    ],
    [
      'a token that is none',
      'GET',
      `/bookings/${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}`,
      { headers: { authorization: `Bearer ${'x'.repeat(43)}` } },
      404,
    ],
    ['a header that is no token', 'GET', '/bookings/1', { headers: { authorization: 'Basic eDp5' } }, 401],
    [
      'a key with spaces',
      'POST',
      '/bookings',
      { body: '{}', headers: { 'content-type': 'application/json', 'idempotency-key': 'a b c d e f' } },
      400,
    ],
  ] as const)('%s', async (_what, method, path, init, status) => {
    const before = await facts()
    const answer = await ask(method, path, init as RequestInit)
    expect(answer).toMatchObject({
      status,
      type: 'application/problem+json',
      body: {
        status,
        code: expect.any(String),
        detail: expect.any(String),
        correlationId: expect.any(String),
      },
    })
    expect(JSON.stringify(answer.body)).not.toMatch(/at \w+ \(|node_modules|select /)
    expect(await facts()).toBe(before)
  })

  test('the same key and body get the same answer; another body is refused', async () => {
    const key = { 'content-type': 'application/json', 'idempotency-key': 'a-key-of-my-own' }
    const first = await ask('POST', '/bookings', { body: JSON.stringify(good()), headers: key })
    const second = await ask('POST', '/bookings', { body: JSON.stringify(good()), headers: key })
    expect(first.status).toBe(201)
    expect(second).toEqual(first)
    const other = await ask('POST', '/bookings', {
      body: JSON.stringify({ ...good(), seats: 1, startTime: world.at(6, '14:00') }),
      headers: key,
    })
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
    const kept = await db.owner`select answer::text as answer from idempotency_key`
    expect(JSON.stringify(kept)).not.toContain(String(first.body.manageToken))
  })

  test('a cursor that says what no list of ours says is none', async () => {
    for (const name of [null, 'a\u0000b', 'x'.repeat(321)]) {
      const cursor = Buffer.from(JSON.stringify({ name, id: world.providerId })).toString('base64url')
      expect(await ask('GET', `/providers?cursor=${cursor}`)).toMatchObject({ status: 400 })
    }
  })

  test('availability refuses what it does not understand, by name', async () => {
    const refused = (question: Record<string, string>) =>
      showAvailability({ providerId: world.providerId, ...question }).catch((e) => e.data?.errors ?? e)
    expect(await refused({ surprise: '1' })).toHaveProperty('surprise')
    for (const days of ['0', '63', '-1', '1.5', 'x', ''])
      expect(await refused({ days })).toHaveProperty('days')
    for (const startDate of ['2026-02-30', '2026-2-3', 'x', '9999-01-01'])
      expect(await refused({ startDate })).toHaveProperty('startDate')
    expect(await refused({ timeZone: 'Mars/Olympus' })).toHaveProperty('timeZone')
    expect(await refused({ providerId: 'x' })).toHaveProperty('providerId')
  })
})
