import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { bookHeld } from '@/server/booking/appointment/book-held'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { createSlot } from '../slot/create'
import { holdsOfOneTime, holdsPerHolder, holdsPerNetwork, turnsPerNetwork } from './model'
import { placeHold } from './place'
import { releaseHold } from './release'

let db: TestDatabase
let w: World
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const times = (day: number) =>
  Array.from({ length: 12 }, (_, n) => w.at(day, `${String(8 + n).padStart(2, '0')}:00`))

const linkOf = (id: string): Actor => ({
  kind: 'bearer',
  id: `hold:${id}`,
  resource: 'hold',
  resourceId: id,
})

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

test('nobody keeps a time by holding it again and again: who let go of it thrice books it, or leaves it for an hour', async () => {
  w = await testWorld()
  const { providerId, serviceId } = w
  const wanted = { providerId, serviceId, startTime: w.at(2, '10:00') }
  const hold = (over: Partial<typeof wanted & { holder: string }> = {}, network = '203.0.113.20') =>
    placeHold.execute({ ...wanted, holder: me, ...over }, newCall(anonymous, { network }))
  const release = async (held: { id: string }) =>
    releaseHold.execute({ holdId: held.id }, newCall(linkOf(held.id)))
  const me = newId()
  await release(await hold())
  await hold()
  await passes('6 minutes')
  await release(await hold())
  expect(await codeOf(hold())).toBe('held_too_often')
  expect(await codeOf(hold({}, '203.0.113.21'))).toBe('held_too_often')
  for (let n = holdsOfOneTime; n < turnsPerNetwork; n++) await release(await hold({ holder: newId() }))
  expect(await codeOf(hold({ holder: newId() }))).toBe('held_too_often')
  await release(await hold({ startTime: w.at(2, '12:00') }))
  await release(await hold({ holder: newId() }, '203.0.113.22'))
  await passes('1 hour')
  await release(await hold())
  const client = { name: 'Now', email: 'now@quirk.example' }
  expect(await codeOf(bookAppointment.execute({ ...wanted, client }, newCall(anonymous)))).toBe('ok')
  await assertInvariants(db.owner)
})

/** Nobody can wait so long: all that was held was held earlier, in its rows and in what was said of it. */
async function passes(time: string) {
  const { businessId } = w
  await db.owner`update hold set expires_at = expires_at - ${time}::interval where tenant_id = ${businessId}`
  await db.owner`update occupancy set expires_at = expires_at - ${time}::interval where tenant_id = ${businessId}`
  await db.owner`update event_log set data = data || jsonb_build_object('expiresAt',
      to_char((data->>'expiresAt')::timestamptz at time zone 'UTC' - ${time}::interval, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    where type = 'scheduling.hold.placed.v1' and tenant_id = ${businessId}`
}

test('from one address as many try for a class as have room in it', async () => {
  w = await testWorld({ capacity: 4 })
  const { providerId, serviceId } = w
  const hold = async (n: number) => {
    const wanted = { providerId, serviceId, startTime: w.at(2, '10:00'), holder: newId(), seats: n }
    const { id } = await placeHold.execute(wanted, newCall(anonymous, { network: '203.0.113.30' }))
    await releaseHold.execute({ holdId: id }, newCall(linkOf(id)))
  }
  for (let n = 0; n < 8; n++) await hold(1)
  for (let n = 2; n < turnsPerNetwork; n++) await hold(4)
  expect(await codeOf(hold(4))).toBe('held_too_often')
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
  const book = () => bookHeld.execute({ holdId: held.id, client }, newCall(linkOf(held.id)))
  await db.owner`update hold set starts_at = starts_at - interval '3 minutes' where id = ${held.id}`
  expect(await codeOf(book())).toBe('in_the_past')
  await db.owner`update hold set starts_at = starts_at + interval '3 minutes' where id = ${held.id}`
  expect(await codeOf(book())).toBe('ok')
  await assertInvariants(db.owner)
})
