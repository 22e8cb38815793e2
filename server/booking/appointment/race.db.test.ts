import { afterAll, beforeAll, expect, test } from 'vitest'
import { History } from '@/db/linearizable'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { placeHold } from '@/server/scheduling/hold/place'
import { createSlot } from '@/server/scheduling/slot/create'
import { bookAppointment } from './book'
import { bookHeld } from './book-held'
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
