import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { draftIn } from '@/server/forms'
import { POST as bookSeries } from '../../series/book/route'
import { POST as hold } from '../hold/route'
import { POST as confirm } from './route'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

type Route = typeof hold

async function house() {
  const world = await testWorld({ capacity: 4 })
  const [row] = await db.owner<{ slug: string }[]>`
    select slug from business where tenant_id = ${world.businessId}`
  const slug = row?.slug ?? ''
  /** As a browser sends a form; where it is led next. */
  const send = async (route: Route, fields: Record<string, string>) => {
    const request = new Request(`http://localhost/b/${slug}`, {
      method: 'POST',
      headers: { accept: 'text/html,*/*;q=0.8', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields),
    })
    const answer = await route(request, { params: Promise.resolve({ business: slug }) })
    return new URL(answer.headers.get('location') ?? '', 'http://localhost')
  }
  return { ...world, send }
}

const client = { name: 'Trio', email: 'trio@example.com' }

test('what was chosen stays chosen when somebody was faster', async () => {
  const { serviceId, providerId, at, send } = await house()
  const startTime = at(3, '10:00')
  const chosen = {
    service: serviceId,
    provider: 'any',
    zone: 'Europe/Lisbon',
    day: startTime.slice(0, 10),
    seats: '3',
  }
  const details = await send(hold, { ...chosen, startTime })
  const [holdId, token] = ['hold', 'token'].map((name) => details.searchParams.get(name) ?? '') as [
    string,
    string,
  ]
  expect(Object.fromEntries(details.searchParams)).toMatchObject(chosen)
  await db.owner`update hold set expires_at = now() - interval '1 second' where id = ${holdId}`
  await bookAppointment.execute(
    { serviceId, providerId, startTime, seats: 2, client: someone('faster') },
    newCall(anonymous),
  )
  const after = await send(confirm, { ...chosen, ...client, hold: holdId, token })
  expect(Object.fromEntries(after.searchParams)).toEqual({
    ...chosen,
    taken: startTime,
    draft: expect.any(String),
  })
})

test('a series is booked for as many as were chosen', async () => {
  const { businessId, serviceId, providerId, at, send } = await house()
  const dates = { 'date-0': at(3, '10:00'), 'date-1': at(10, '10:00') }
  const to = await send(bookSeries, {
    ...dates,
    ...client,
    service: serviceId,
    provider: providerId,
    seats: '3',
  })
  expect(to.pathname).toMatch(/^\/bookings\//)
  const booked = await db.owner`select seats from appointment where tenant_id = ${businessId}`
  expect(booked.map(({ seats }) => seats)).toEqual([3, 3])
})

test('a wrong address costs nothing else of what was typed, be it long: not for a booking, not for a series', async () => {
  const { serviceId, providerId, at, send } = await house()
  const startTime = at(3, '10:00')
  const chosen = { service: serviceId, provider: providerId }
  const typed = { name: 'Trio', email: 'trio', 'answer-0': 'no '.repeat(500), 'answer-1': 'yes '.repeat(350) }
  const again = (name: string, { searchParams }: URL) =>
    draftIn(`${name}:${serviceId}`, { draft: searchParams.get('draft') ?? '' })
  const details = await send(hold, { ...chosen, startTime })
  const held = Object.fromEntries(details.searchParams)
  const back = await send(confirm, { ...chosen, ...typed, hold: held.hold ?? '', token: held.token ?? '' })
  expect(back.searchParams.get('hold')).toBe(held.hold)
  expect(again('book', back)).toMatchObject({ typed, wrong: { email: expect.any(String) } })
  expect(Object.keys(again('book', back)?.wrong ?? {})).toEqual(['email'])
  const series = await send(bookSeries, { ...chosen, ...typed, startTime, 'date-0': startTime })
  expect(again('series', series)).toMatchObject({
    typed: { ...typed, 'date-0': startTime },
    wrong: { email: expect.any(String) },
  })
})
