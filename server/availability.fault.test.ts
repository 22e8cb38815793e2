import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants } from '@/db/invariants'
import { startApp, type TestApp } from '@/db/testing-app'
import { type OpenStream, openStream } from '@/db/testing-stream'
import { someone, testWorld, type World } from '@/db/testing-world'
import { subscriptions } from '@/jobs/subscriptions'

/** What everybody who polls or follows is promised: a booking takes a time from all of them, a cancellation gives it back. */
let app: TestApp
let world: World
let stream: OpenStream

beforeAll(async () => {
  app = await startApp()
  world = await testWorld()
  stream = await openStream(`${app.web[0]?.url}/api/v1/providers/${world.providerId}/live`)
})
afterAll(async () => {
  stream.close()
  await app.close()
})

type Listed = { startTime: string; status: string }
type Polled = { status: number; tag: string; times: Listed[] }

async function poll(tag?: string): Promise<Polled> {
  const query = new URLSearchParams({
    startDate: world.at(3, '10:00').slice(0, 10),
    days: '1',
    includeBooked: 'true',
  })
  const url = `${app.web[0]?.url}/api/v1/providers/${world.providerId}/availability?${query}`
  const answer = await fetch(url, { headers: tag ? { 'if-none-match': tag } : {} })
  const body = answer.status === 304 ? null : ((await answer.json()) as { days: { slots: Listed[] }[] })
  const times = body?.days.flatMap((d) => d.slots) ?? []
  return { status: answer.status, tag: answer.headers.get('etag') ?? '', times }
}
const statusOf = ({ times }: Polled, startTime: string) =>
  times.find((t) => t.startTime === startTime)?.status

const post = async (path: string, body: unknown, token?: string) => {
  const answer = await fetch(`${app.web[0]?.url}/api/v1${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

async function raised(bookingId: unknown) {
  const rows = await app.owner<{ previous: string; next: string; at: string }[]>`
    select data->>'previousStatus' as previous, data->>'newStatus' as next, data->>'startTime' as at
    from event_log where type = 'scheduling.calendar.availability_changed.v1' and data->>'bookingId' = ${String(bookingId)}
    order by version`
  return rows.map((row) => ({ ...row }))
}
const told = (newStatus: string, startTime: string) => () =>
  stream.frames.some((frame) => {
    if (frame.event !== 'availability') return false
    const hint = JSON.parse(frame.data) as { startTime: string; newStatus: string }
    return hint.startTime === startTime && hint.newStatus === newStatus
  })

test('a booking marks its time as booked, and a cancellation releases it', async () => {
  const startTime = world.at(3, '10:00')
  const before = await poll()
  expect(statusOf(before, startTime)).toBe('available')
  expect((await poll(before.tag)).status).toBe(304)

  const booked = await post('/bookings', {
    providerId: world.providerId,
    serviceId: world.serviceId,
    startTime,
    client: someone(),
  })
  expect(booked.status).toBe(201)
  expect(await raised(booked.body.id)).toEqual([{ previous: 'available', next: 'booked', at: startTime }])
  const next = await poll(before.tag)
  expect(next.status).toBe(200)
  expect(statusOf(next, startTime)).toBe('booked')
  await expect.poll(told('booked', startTime)).toBe(true)

  const cancelled = await post(`/bookings/${booked.body.id}/cancel`, {}, String(booked.body.manageToken))
  expect(cancelled.body.status).toBe('cancelled')
  expect((await raised(booked.body.id)).at(-1)).toEqual({
    previous: 'booked',
    next: 'available',
    at: startTime,
  })
  const last = await poll(next.tag)
  expect(last.status).toBe(200)
  expect(statusOf(last, startTime)).toBe('available')
  await expect.poll(told('available', startTime)).toBe(true)
  await assertInvariants(app.owner, { drained: subscriptions })
})
