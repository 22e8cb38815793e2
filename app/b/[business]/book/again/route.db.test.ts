import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { bookHeld } from '@/server/booking/appointment/book-held'
import { findHeld } from '@/server/booking/appointment/find-held'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { POST as hold } from '../hold/route'
import { POST as release } from '../release/route'
import { POST as again } from './route'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

async function visitor() {
  const w = await testWorld()
  const [row] = await db.owner<{ slug: string }[]>`
    select slug from business where tenant_id = ${w.businessId}`
  const business = row?.slug ?? ''
  let cookie = ''
  const send = async (route: typeof hold, fields: Record<string, string>) => {
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
    const request = new Request('http://localhost/', {
      method: 'POST',
      headers,
      body: new URLSearchParams(fields),
    })
    const answer = await route(request, { params: Promise.resolve({ business }) })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  }
  const chosen = { service: w.serviceId, provider: w.providerId }
  const startTime = w.at(3, '10:00')
  const held = (to: string | null) => {
    const { searchParams } = new URL(to ?? '', 'http://localhost')
    return { hold: searchParams.get('hold') ?? '', token: searchParams.get('token') ?? '' }
  }
  const first = held((await send(hold, { ...chosen, startTime })).headers.get('location'))
  const statusOf = async (id: string) => (await db.owner`select status from hold where id = ${id}`)[0]?.status
  return { w, send, chosen, held, first, statusOf }
}

test('whoever comes back to a page that gave its time back holds it again', async () => {
  const { send, chosen, held, first, statusOf } = await visitor()
  expect((await send(again, { ...chosen, ...first })).status).toBe(204)
  expect((await send(release, first)).status).toBe(204)
  expect(await statusOf(first.hold)).toBe('released')
  const back = await send(again, { ...chosen, ...first })
  const now = held(((await back.json()) as { to: string }).to)
  expect(now.hold).not.toBe(first.hold)
  expect(await statusOf(now.hold)).toBe('active')
  await assertInvariants(db.owner)
})

test('a hold that was used leads to what was booked with it', async () => {
  const { send, chosen, held, first } = await visitor()
  const call = newCall(anonymous, { bearer: first.token })
  expect(await findHeld.execute({ holdId: first.hold }, call)).toEqual({ bookingId: null })
  const { id } = await bookHeld.execute({ holdId: first.hold, client: someone() }, call)
  const back = await send(again, { ...chosen, ...first })
  expect(held(((await back.json()) as { to: string }).to)).toEqual(first)
  expect(await findHeld.execute({ holdId: first.hold }, call)).toEqual({ bookingId: id })
})

test('another time is asked for by a form, and the one before is free', async () => {
  const { w, send, chosen, first, statusOf } = await visitor()
  const to = await send(release, { ...chosen, ...first, day: w.at(3, '10:00').slice(0, 10) })
  expect(to.status).toBe(303)
  expect(to.headers.get('location')).toMatch(/\/book\?service=[^?]*&day=[-\d]+$/)
  expect(await statusOf(first.hold)).toBe('released')
})
