import { afterAll, beforeAll, expect, test } from 'vitest'
import { closePools } from '@/db/client'
import { History } from '@/db/linearizable'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { createSlot } from '@/server/scheduling/slot/create'
import { bookAppointment } from './book'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

async function race(clients: number): Promise<History> {
  const w = await testWorld()
  const place = { providerId: w.providerId, serviceId: w.serviceId, startTime: w.at(3, '10:00') }
  await createSlot.execute({ businessId: w.businessId, ...place, maxBookings: 2 }, newCall(w.owner))
  const history = new History()
  await Promise.all(
    Array.from({ length: clients }, (_, n) =>
      history.record('slot', { f: 'take', seats: 1 }, () =>
        bookAppointment.execute({ ...place, client: someone(n) }, newCall(anonymous)).then(
          () => 'ok',
          (error) => {
            if (isRefusal(error)) return 'refused'
            throw error
          },
        ),
      ),
    ),
  )
  expect(history.tally('slot').unknown).toBe(0)
  return history
}

test('with its guards, what clients saw of a slot of two has an order that explains it', async () => {
  expect((await race(24)).check('slot', 2)).toMatchObject({ ok: true, taken: [2] })
})

test('without lock and check, the same race is oversold, and the checker says by whom', async () => {
  await db.owner`alter table slot drop constraint slot_never_oversold`
  await db.owner`create function public.pg_advisory_xact_lock(bigint) returns void language sql as 'select'`
  await db.owner.unsafe(`alter database ${db.name} set search_path = public, pg_catalog`)
  await closePools()
  const history = await race(24)
  expect(history.tally('slot').ok).toBeGreaterThan(2)
  expect(history.check('slot', 2)).toMatchObject({ ok: false, culprit: { f: 'take', ok: true } })
})
