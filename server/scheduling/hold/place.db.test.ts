import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, testWorld, type World } from '@/db/testing-world'
import { bookHeld } from '@/server/booking/appointment/book-held'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { createSlot } from '../slot/create'
import { holdsPerHolder, holdsPerNetwork } from './model'
import { placeHold } from './place'

let db: TestDatabase
let w: World
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const times = (day: number) =>
  Array.from({ length: 12 }, (_, n) => w.at(day, `${String(8 + n).padStart(2, '0')}:00`))

async function race(day: number, holder: () => string, network?: string): Promise<Record<string, number>> {
  const told: Record<string, number> = {}
  await Promise.all(
    times(day).map((startTime) =>
      placeHold
        .execute(
          { providerId: w.providerId, serviceId: w.serviceId, startTime, holder: holder() },
          newCall(anonymous, { network }),
        )
        .then(
          () => 'held',
          (error) => {
            if (isRefusal(error)) return error.code
            throw error
          },
        )
        .then((said) => {
          told[said] = (told[said] ?? 0) + 1
        }),
    ),
  )
  return told
}

test('one holder holds no more than their share, however fast they ask', async () => {
  w = await testWorld()
  const me = newId()
  expect(await race(2, () => me)).toEqual({ held: holdsPerHolder, too_many_holds: 12 - holdsPerHolder })
})

test('nor do invented holders behind one address', async () => {
  w = await testWorld()
  expect(await race(2, newId, '203.0.113.7')).toEqual({
    held: holdsPerNetwork,
    too_many_holds: 12 - holdsPerNetwork,
  })
  expect(await race(3, newId, '203.0.113.8')).toMatchObject({ held: holdsPerNetwork })
  const kept = await db.owner`select network from hold where network like '%203.0.113%'`
  expect(kept).toEqual([])
  await assertInvariants(db.owner)
})

test('the same time asked for twice is one hold, which runs out when it would have', async () => {
  w = await testWorld({ capacity: 3 })
  const { providerId, serviceId } = w
  const wanted = { providerId, serviceId, startTime: w.at(2, '10:00'), holder: newId() }
  const place = (over = {}) => placeHold.execute({ ...wanted, ...over }, newCall(anonymous))
  const [one, other] = await Promise.all([place(), place()])
  expect(other).toEqual(one)
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect(await place()).toEqual(one)
  const others = await Promise.all([place({ seats: 2 }), place({ startTime: w.at(2, '12:00') })])
  expect(new Set([one, ...others].map(({ id }) => id)).size).toBe(3)
  await assertInvariants(db.owner)
})

test('what begins soon is held until then at the most, and what has begun is booked by nobody', async () => {
  w = await testWorld()
  const { businessId, providerId, serviceId } = w
  const startTime = `${new Date(Date.now() + 2 * 60_000).toISOString().slice(0, 19)}Z`
  await createSlot.execute({ businessId, providerId, serviceId, startTime }, newCall(w.owner))
  const held = await placeHold.execute(
    { providerId, serviceId, startTime, holder: newId() },
    newCall(anonymous),
  )
  expect(held.expiresAt).toBe(startTime)
  const client = { name: 'Late', email: 'late@quirk.example' }
  const book = () =>
    bookHeld.execute(
      { holdId: held.id, client },
      newCall({ kind: 'bearer', id: `hold:${held.id}`, resource: 'hold', resourceId: held.id }),
    )
  await db.owner`update hold set starts_at = starts_at - interval '3 minutes' where id = ${held.id}`
  expect(await codeOf(book())).toBe('in_the_past')
  await db.owner`update hold set starts_at = starts_at + interval '3 minutes' where id = ${held.id}`
  expect(await codeOf(book())).toBe('ok')
  await assertInvariants(db.owner)
})
