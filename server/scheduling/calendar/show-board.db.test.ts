import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { archiveProvider } from '@/server/business/provider/archive'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { showBoard } from './show-board'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const board = ({ businessId, owner, at }: World, day: number, days = 7) =>
  showBoard.execute({ businessId, from: at(day, '12:00').slice(0, 10), days }, newCall(owner))

test('who was archived stays on the board as long as somebody comes, and is offered for nothing new', async () => {
  const w = await testWorld()
  const { businessId, providerId, serviceId, owner } = w
  const { id } = await bookAppointment.execute(
    { providerId, serviceId, startTime: w.at(9, '10:00'), client: someone() },
    newCall(anonymous),
  )
  await archiveProvider.execute({ businessId, providerId }, newCall(owner))
  const before = await board(w, 0)
  expect(before.providers).toMatchObject([{ id: providerId, archived: true, serviceIds: [] }])
  expect((await board(w, 8)).items).toMatchObject([{ id, providerId, clientName: someone().name }])
  await cancelAppointment.execute({ id }, newCall(owner))
  expect((await board(w, 8)).providers).toEqual([])
})

test('where there is more than a board holds, it says from when on something is missing', async () => {
  const w = await testWorld()
  const { businessId, providerId } = w
  const from = w.at(1, '00:00')
  await db.owner`
    insert into occupancy (tenant_id, id, provider_id, kind, ref_id, starts_at, ends_at, busy_from, busy_to)
    select ${businessId}, id, ${providerId}, 'block', id, t, t + interval '3 minutes', t, t + interval '3 minutes'
    from (select gen_random_uuid() as id, ${from}::timestamptz + n * interval '3 minutes' as t
          from generate_series(0, 10000) n) made`
  const { items, cutAt } = await board(w, 1, 30)
  expect(items).toHaveLength(10_000)
  expect(cutAt).toBe(new Date(Date.parse(from) + 10_000 * 180_000).toISOString().replace('.000Z', 'Z'))
  expect(await board(w, 1, 10)).toMatchObject({ cutAt: null })
  await db.owner`delete from occupancy where tenant_id = ${businessId}`
})
