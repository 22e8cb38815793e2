import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
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
  expect(Object.fromEntries(after.searchParams)).toEqual({ ...chosen, taken: startTime })
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
