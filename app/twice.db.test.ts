import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someoneSignedIn } from '@/db/testing-browser'
import { someone, testWorld } from '@/db/testing-world'
import { grantMembership } from '@/server/auth/membership/grant'
import { bookAppointment } from '@/server/booking/appointment/book'
import { termsField } from '@/server/booking/appointment/model-terms'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { offerWaitlist } from '@/server/booking/waitlist/offer'
import { showEntry } from '@/server/booking/waitlist/queries'
import { updateService } from '@/server/business/service/update'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { newId } from '@/server/core/id'
import { createSlot } from '@/server/scheduling/slot/create'
import { POST as confirm } from './b/[business]/book/confirm/route'
import { POST as hold } from './b/[business]/book/hold/route'
import { POST as block } from './b/[business]/calendar/block/route'
import { POST as bookForCaller } from './b/[business]/calendar/book/route'
import { POST as cancelForCaller } from './b/[business]/calendar/cancel/route'
import { POST as bookSeries } from './b/[business]/series/book/route'
import { POST as cancel } from './bookings/[id]/cancel/route'
import { POST as accept } from './waitlist/[id]/accept/route'
import { POST as leave } from './waitlist/[id]/leave/route'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(async () => {
  await assertInvariants(db.owner)
  await db.drop()
})

type Route<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>
type Fields = Record<string, string>

/** A form as a browser sends it; where it is led next. */
async function send<P>(route: Route<P>, params: P, fields: Fields, cookie = ''): Promise<URL> {
  const request = new Request('http://localhost/', {
    method: 'POST',
    headers: { accept: 'text/html', cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields),
  })
  const answer = await route(request, { params: Promise.resolve(params) })
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get('location') ?? '', 'http://localhost')
}

/** The same form, by an impatient finger: both at once. */
async function twice<P>(route: Route<P>, params: P, fields: Fields, cookie = ''): Promise<URL> {
  const [one, other] = await Promise.all([
    send(route, params, fields, cookie),
    send(route, params, fields, cookie),
  ])
  expect(other.href).toBe(one.href)
  return one
}

async function house(capacity = 1) {
  const world = await testWorld({ capacity, amount: 5000 })
  const { businessId, providerId, serviceId } = world
  const [row] = await db.owner<{ slug: string }[]>`select slug from business where tenant_id = ${businessId}`
  const startTime = world.at(3, '10:00')
  if (capacity > 1)
    for (const at of [startTime, world.at(10, '10:00')])
      await createSlot.execute(
        { businessId, providerId, serviceId, startTime: at, maxBookings: capacity },
        newCall(world.owner),
      )
  const count = async () =>
    (
      await db.owner<
        { n: number }[]
      >`select count(*)::int as n from appointment where tenant_id = ${businessId}`
    )[0]?.n
  return { ...world, startTime, count, params: { business: row?.slug ?? '' } }
}

const once = () => ({ once: newId() })
const client = { name: 'Ida Impatient', email: 'ida@example.com' }

test.each([1, 4])('a series of a service for %i leads to its bookings', async (capacity) => {
  const { serviceId: service, providerId: provider, startTime, at, params, count } = await house(capacity)
  const form = { ...client, ...once(), service, provider, 'date-0': startTime, 'date-1': at(10, '10:00') }
  const to = await twice(bookSeries, params, form)
  expect(to.pathname).toMatch(/^\/bookings\//)
  expect(to.searchParams.get('new')).toBe('1')
  const corrected = await send(bookSeries, params, { ...form, email: 'ida@example.org' })
  expect(corrected.pathname).toBe(to.pathname)
  expect(corrected.searchParams.get('before')).toBe('1')
  expect(await count()).toBe(2)
})

test.each([1, 4])('a time of a service for %i is held once, and booked once', async (capacity) => {
  const { serviceId: service, providerId, startTime, params, count } = await house(capacity)
  const about = { service, provider: providerId, zone: 'Europe/Lisbon' }
  const details = await twice(hold, params, { ...about, ...once(), startTime })
  const [holdId = '', token = ''] = ['hold', 'token'].map((name) => details.searchParams.get(name) ?? '')
  const form = { ...about, ...client, hold: holdId, token }
  const to = await twice(confirm, params, form)
  expect(to.pathname).toMatch(/^\/bookings\//)
  const corrected = await send(confirm, params, { ...form, email: 'ida@example.org' })
  expect(corrected.pathname).toBe(to.pathname)
  expect(Object.fromEntries(corrected.searchParams)).toMatchObject({ before: '1', zone: 'Europe/Lisbon' })
  expect(await count()).toBe(1)
})

test('a price that changed meanwhile is shown before anything is booked', async () => {
  const { owner, businessId, serviceId, providerId, startTime, at, params, count } = await house()
  const shown = { amount: 5000, currency: 'EUR', freeUntilHours: 0, lateFeePercent: 0 }
  const about = { service: serviceId, provider: providerId, terms: termsField(shown) }
  const details = await send(hold, params, { ...about, ...once(), startTime })
  const [holdId = '', token = ''] = ['hold', 'token'].map((name) => details.searchParams.get(name) ?? '')
  await updateService.execute({ businessId, serviceId, changes: { amount: 9000 } }, newCall(owner))
  const again = await send(confirm, params, { ...about, ...client, hold: holdId, token })
  expect(again.pathname).toBe(`/b/${params.business}/book`)
  expect(Object.fromEntries(again.searchParams)).toMatchObject({
    hold: holdId,
    token,
    refused: 'terms_changed',
  })
  const dates = { 'date-0': at(4, '10:00') }
  const series = await send(bookSeries, params, { ...about, ...client, ...once(), ...dates })
  expect(series.searchParams.get('refused')).toBe('terms_changed')
  expect(await count()).toBe(0)
  const agreed = { ...about, terms: termsField({ ...shown, amount: 9000 }) }
  const to = await send(confirm, params, { ...agreed, ...client, hold: holdId, token })
  expect(to.pathname).toMatch(/^\/bookings\//)
})

test('nor is what the waiting list offers taken at another price than was shown', async () => {
  const { owner, businessId, serviceId, providerId, startTime, at, count } = await house()
  const wish = { kind: 'time' as const, providerId, startTime }
  const { id } = await joinWaitlist.execute({ serviceId, client, wish }, newCall(anonymous))
  const around = { providerId, from: at(3, '09:00'), until: at(3, '12:00') }
  await offerWaitlist.execute(around, newCall(systemActor('test')))
  const token = resourceToken('waitlist', id)
  const { terms } = await showEntry.execute({ id }, newCall(anonymous, { bearer: token }))
  await updateService.execute({ businessId, serviceId, changes: { amount: 9000 } }, newCall(owner))
  const again = await send(accept, { id }, { token, terms: termsField(terms) })
  expect([again.pathname, again.searchParams.get('refused')]).toEqual([`/waitlist/${id}`, 'terms_changed'])
  expect(await count()).toBe(0)
  const to = await send(accept, { id }, { token, terms: termsField({ ...terms, amount: 9000 }) })
  expect(to.pathname).toMatch(/^\/bookings\//)
})

test('calling off leads to the booking, which says how it is', async () => {
  const { serviceId, providerId, startTime } = await house()
  const { id } = await bookAppointment.execute(
    { serviceId, providerId, startTime, client },
    newCall(anonymous),
  )
  const to = await twice(cancel, { id }, { token: resourceToken('appointment', id) })
  expect([to.pathname, [...to.searchParams.keys()]]).toEqual([`/bookings/${id}`, ['token']])
})

test('what the waiting list offers is taken once, and left once', async () => {
  const { serviceId, providerId, startTime, at, count } = await house()
  const waits = (when: string) =>
    joinWaitlist.execute(
      { serviceId, client, wish: { kind: 'time', providerId, startTime: when } },
      newCall(anonymous),
    )
  const [{ id }, other] = [await waits(startTime), await waits(at(4, '10:00'))]
  const around = { providerId, from: at(3, '09:00'), until: at(3, '12:00') }
  await offerWaitlist.execute(around, newCall(systemActor('test')))
  const token = resourceToken('waitlist', id)
  const to = await twice(accept, { id }, { token })
  expect(to.pathname).toMatch(/^\/bookings\//)
  expect(await count()).toBe(1)
  const gone = await twice(leave, { id: other.id }, { token: resourceToken('waitlist', other.id) })
  expect([gone.pathname, [...gone.searchParams.keys()]]).toEqual([`/waitlist/${other.id}`, ['token']])
})

test('staff book, block and call off once, and are told the same', async () => {
  const { owner, businessId, serviceId, providerId, startTime, at, params, count } = await house(4)
  const someoneElse = await someoneSignedIn('staff@example.com')
  await grantMembership.execute({ businessId, userId: someoneElse.userId, role: 'owner' }, newCall(owner))
  const cookie = someoneElse.headers().get('cookie') ?? ''
  const back = `/b/${params.business}/admin/calendar`
  const about = { back, provider: providerId, service: serviceId }
  const caller = { ...someone('caller'), seats: '1', startTime }
  const made = await twice(bookForCaller, params, { ...about, ...caller, ...once() }, cookie)
  expect(made.searchParams.get('did')).toBe('booked')
  expect(await count()).toBe(1)
  const time = { date: at(5, '10:00').slice(0, 10), from: '10:00', to: '11:00', label: '' }
  const blocked = await twice(block, params, { ...about, ...time, ...once() }, cookie)
  expect(blocked.searchParams.get('again')).toBeNull()
  const id = made.searchParams.get('id') ?? ''
  const called = await twice(cancelForCaller, params, { back, id, ...once() }, cookie)
  expect(Object.fromEntries(called.searchParams)).toEqual({ did: 'cancelled', id })
})
