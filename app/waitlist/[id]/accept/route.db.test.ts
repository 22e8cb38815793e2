import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { offerWaitlist } from '@/server/booking/waitlist/offer'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { POST } from './route'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

test('who takes a place is told of it by their own clock', async () => {
  const w = await testWorld()
  const { providerId, serviceId } = w
  const wish = { kind: 'time' as const, providerId, startTime: w.at(3, '10:00') }
  const { id } = await joinWaitlist.execute({ serviceId, wish, client: someone() }, newCall(anonymous))
  const day = { providerId, from: w.at(3, '08:00'), until: w.at(3, '20:00') }
  await offerWaitlist.execute(day, newCall(systemActor('test')))
  const request = new Request(`http://localhost/waitlist/${id}/accept`, {
    method: 'POST',
    headers: { accept: 'text/html,*/*;q=0.8', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token: resourceToken('waitlist', id), zone: 'America/New_York' }),
  })
  const answer = await POST(request, { params: Promise.resolve({ id }) })
  const booked = /^\/bookings\/([0-9a-f-]+)/.exec(answer.headers.get('location') ?? '')?.[1]
  const [born] = await db.owner<{ zone: string }[]>`
    select metadata->>'timeZone' as zone from event_log
    where aggregate_id = ${booked ?? null} and type = 'booking.appointment.created.v1'`
  expect(born?.zone).toBe('America/New_York')
})
