import { afterAll, beforeAll, expect, test } from 'vitest'
import { History } from '@/db/linearizable'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { createProvider } from '@/server/business/provider/create'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { placeHold } from '@/server/scheduling/hold/place'
import { createSlot } from '@/server/scheduling/slot/create'
import { bookAppointment } from './book'
import { bookForClient } from './book-for-client'
import { bookHeld } from './book-held'
import { bookSeveral } from './book-several'
import { cancelAppointment } from './cancel'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const visitor = () => newCall(anonymous)
const holderOf = (resource: string, resourceId: string): Actor => ({
  kind: 'bearer',
  id: `${resource}:${resourceId}`,
  resource,
  resourceId,
})

type Outcome = { ok: number; refused: Record<string, number>; faults: unknown[] }

async function race(attempts: (() => Promise<unknown>)[]): Promise<Outcome> {
  const outcome: Outcome = { ok: 0, refused: {}, faults: [] }
  await Promise.all(
    attempts.map((attempt) =>
      attempt().then(
        () => outcome.ok++,
        (error: unknown) => {
          if (isRefusal(error)) outcome.refused[error.code] = (outcome.refused[error.code] ?? 0) + 1
          else outcome.faults.push(error)
        },
      ),
    ),
  )
  return outcome
}

test('200 for one seat: one has it', async () => {
  const w = await testWorld()
  const time = { providerId: w.providerId, serviceId: w.serviceId, startTime: w.at(3, '10:00') }
  const outcome = await race(
    Array.from(
      { length: 200 },
      (_, n) => () => bookAppointment.execute({ ...time, client: someone(n) }, visitor()),
    ),
  )
  expect(outcome).toEqual({ ok: 1, refused: { slot_taken: 199 }, faults: [] })
  await assertInvariants(db.owner)
}, 60_000)

test('200 for a written slot of five seats: five have it', async () => {
  const w = await testWorld()
  const startTime = w.at(3, '10:00')
  await createSlot.execute(
    { businessId: w.businessId, providerId: w.providerId, serviceId: w.serviceId, startTime, maxBookings: 5 },
    newCall(w.owner),
  )
  const outcome = await race(
    Array.from(
      { length: 200 },
      (_, n) => () =>
        bookAppointment.execute(
          { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone(n) },
          visitor(),
        ),
    ),
  )
  expect(outcome).toEqual({ ok: 5, refused: { slot_taken: 195 }, faults: [] })
  await assertInvariants(db.owner)
}, 60_000)

test('200 for two overlapping times of one provider: one has it', async () => {
  const w = await testWorld()
  const outcome = await race(
    Array.from(
      { length: 200 },
      (_, n) => () =>
        bookAppointment.execute(
          {
            providerId: w.providerId,
            serviceId: w.serviceId,
            startTime: w.at(3, n % 2 ? '10:00' : '10:30'),
            client: someone(n),
          },
          visitor(),
        ),
    ),
  )
  expect(outcome).toEqual({ ok: 1, refused: { slot_taken: 199 }, faults: [] })
  await assertInvariants(db.owner)
}, 60_000)

test('holds, bookings and cancellations of a group of three, as its clients saw them, have an order that explains them', async () => {
  const w = await testWorld({ capacity: 3 })
  const startTime = w.at(4, '12:00')
  const time = { providerId: w.providerId, serviceId: w.serviceId, startTime }
  const history = new History()
  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'ok' as const,
      (error: unknown) => {
        if (isRefusal(error)) return 'refused' as const
        throw error
      },
    )
  await Promise.all(
    Array.from({ length: 24 }, async (_, n) => {
      for (let turn = 0; turn < 4; turn++) {
        let id: string | null = null
        const taken = await history.record('s', { f: 'take', seats: 1 }, () =>
          outcomeOf(
            n % 2
              ? bookAppointment.execute({ ...time, client: someone(n) }, visitor()).then((b) => (id = b.id))
              : placeHold
                  .execute({ ...time, holder: `holder-${n}-${turn}-xxxxxxxx` }, visitor())
                  .then((h) =>
                    bookHeld.execute({ holdId: h.id, client: someone(n) }, newCall(holderOf('hold', h.id))),
                  )
                  .then((b) => (id = b.id)),
          ),
        )
        if (!taken.ok || !id) continue
        const mine: string = id
        await history.record('s', { f: 'free', seats: 1, of: taken.id }, () =>
          outcomeOf(cancelAppointment.execute({ id: mine }, newCall(holderOf('appointment', mine)))),
        )
      }
    }),
  )
  expect(history.tally('s').unknown).toBe(0)
  expect(history.tally('s').ok).toBeGreaterThan(10)
  expect(history.check('s', 3)).toMatchObject({ ok: true, taken: [0] })
  await assertInvariants(db.owner)
}, 60_000)

test('somebody new who books with several people at once, in every way there is, is one client', async () => {
  const w = await testWorld()
  const { businessId, serviceId, owner } = w
  const everyDay = Object.fromEntries(
    ['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [['08:00', '20:00'] as [string, string]]]),
  )
  const providerIds = await Promise.all(
    Array.from({ length: 10 }, async (_, n) => {
      const rules = { timeZone: w.zone, weekly: everyDay, overrides: {} }
      const wanted = { businessId, name: `Colleague ${n}`, serviceIds: [serviceId], rules }
      return (await createProvider.execute(wanted, newCall(owner))).providerId
    }),
  )
  const client = { name: 'Twice Tom', email: 'tom@twice.example' }
  const startTime = w.at(3, '10:00')
  const ways = await Promise.all(
    providerIds.map(async (providerId, n) => {
      const time = { providerId, serviceId, startTime }
      if (n % 5 === 0) return () => bookAppointment.execute({ ...time, client }, visitor())
      if (n % 5 === 1) return () => bookSeveral.execute({ items: [time], client }, visitor())
      if (n % 5 === 2) return () => bookForClient.execute({ businessId, ...time, client }, newCall(owner))
      const wish = { kind: 'time', providerId, startTime: w.at(4, '10:00') } as const
      if (n % 5 === 3) return () => joinWaitlist.execute({ serviceId, wish, client }, visitor())
      const held = await placeHold.execute({ ...time, holder: newId() }, visitor())
      const call = newCall(holderOf('hold', held.id))
      return () => bookHeld.execute({ holdId: held.id, client }, call)
    }),
  )
  expect(await race(ways)).toEqual({ ok: 10, refused: {}, faults: [] })
  const known = await db.owner`select id from contact where email = ${client.email}`
  expect(known).toHaveLength(1)
  await assertInvariants(db.owner)
}, 60_000)
