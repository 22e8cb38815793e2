import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { newId } from '@/server/core/id'
import { POST } from './route'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

/** As a browser sends the form; where it is led next. */
async function press(id: string, token: string): Promise<[number, string | null]> {
  const request = new Request(`http://localhost/bookings/${id}/cancel`, {
    method: 'POST',
    headers: { accept: 'text/html,*/*;q=0.8', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token }),
  })
  const answer = await POST(request, { params: Promise.resolve({ id }) })
  return [answer.status, answer.headers.get('location')]
}

test('who cancels is led back to the booking, and to a page where there is none', async () => {
  const w = await testWorld()
  const { providerId, serviceId } = w
  const booked = { providerId, serviceId, startTime: w.at(3, '10:00'), client: someone() }
  const { id } = await bookAppointment.execute(booked, newCall(anonymous))
  const token = resourceToken('appointment', id)
  expect(await press(id, token)).toEqual([303, `/bookings/${id}?token=${token}`])
  expect(await press(newId(), token)).toEqual([303, '/errors/not_found'])
  expect(await press(id, 'x'.repeat(40))).toEqual([303, '/errors/not_found'])
})
