import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { testWorld, type World } from '@/db/testing-world'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { bookAppointment } from './book'
import { showAppointment } from './show'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

type Client = { name: string; phone?: string }
const email = 'anna@example.com'
const booking = async (w: World, startTime: string, client: Client) => {
  const { id } = await bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: { email, ...client } },
    newCall(anonymous),
  )
  return showAppointment.execute({ businessId: w.businessId, id }, newCall(w.owner))
}
const people = (w: World) =>
  db.owner<{ name: string; phone: string | null }[]>`
    select name, phone from contact where tenant_id = ${w.businessId} order by created_at`

test('a missing number or another case of the name is no other person', async () => {
  const w = await testWorld()
  await booking(w, w.at(3, '09:00'), { name: 'Anna Alt', phone: '+49 30 1234567' })
  await booking(w, w.at(3, '10:00'), { name: 'Anna Alt' })
  await booking(w, w.at(3, '11:00'), { name: 'anna alt', phone: '+49 (30) 123 45 67' })
  expect([...(await people(w))]).toEqual([{ name: 'Anna Alt', phone: '+49 30 1234567' }])
  await booking(w, w.at(3, '12:00'), { name: 'Anna Alt', phone: '+49 30 7654321' })
  await booking(w, w.at(3, '13:00'), { name: 'Anna Neu' })
  expect(await people(w)).toHaveLength(3)
})

test('a number given later changes nobody, and stands with the booking', async () => {
  const w = await testWorld()
  await booking(w, w.at(3, '09:00'), { name: 'Anna Alt' })
  const later = await booking(w, w.at(3, '10:00'), { name: 'Anna Alt', phone: '+49 30 1234567' })
  expect([...(await people(w))]).toEqual([{ name: 'Anna Alt', phone: null }])
  expect(later).toMatchObject({ clientPhone: null, answers: { Phone: '+49 30 1234567' } })
})
