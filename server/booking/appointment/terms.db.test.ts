import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { acceptOffer } from '@/server/booking/waitlist/accept'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { offerWaitlist } from '@/server/booking/waitlist/offer'
import { updateService } from '@/server/business/service/update'
import { type Actor, anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { placeHold } from '@/server/scheduling/hold/place'
import { bookAppointment } from './book'
import { bookHeld } from './book-held'
import { bookSeveral } from './book-several'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(async () => {
  await assertInvariants(db.owner)
  await db.drop()
})

const before = { amount: 5000, currency: 'EUR', freeUntilHours: 0, lateFeePercent: 0 }
const now = { amount: 9000, currency: 'EUR', freeUntilHours: 1000, lateFeePercent: 100 }
const { currency: _, ...changes } = now

const holderOf = (resource: string, resourceId: string): Actor => ({
  kind: 'bearer',
  id: `${resource}:${resourceId}`,
  resource,
  resourceId,
})
/** Shown to a client, and changed while they type. */
async function changedMeanwhile(w: World) {
  const { businessId, serviceId } = w
  await updateService.execute({ businessId, serviceId, changes }, newCall(w.owner))
}
const bookedIn = async (w: World) =>
  (
    await db.owner<
      { n: number }[]
    >`select count(*)::int as n from appointment where tenant_id = ${w.businessId}`
  )[0]?.n
const refusal = { kind: 'conflict', code: 'terms_changed', data: { terms: now } }

test('a time that was held at one price is not booked at another', async () => {
  const w = await testWorld({ amount: 5000 })
  const time = { providerId: w.providerId, serviceId: w.serviceId, startTime: w.at(3, '10:00') }
  const held = await placeHold.execute({ ...time, holder: newId() }, newCall(anonymous))
  await changedMeanwhile(w)
  const book = (terms: typeof now) =>
    bookHeld.execute(
      { holdId: held.id, client: someone('held'), terms },
      newCall(holderOf('hold', held.id), { idempotencyKey: `hold:${held.id}` }),
    )
  await expect(book(before)).rejects.toMatchObject(refusal)
  expect(await bookedIn(w)).toBe(0)
  expect((await book(now)).status).toBe('confirmed')
})

test('nor is one that was only looked at, whichever of its terms has changed', async () => {
  const w = await testWorld({ amount: 5000, capacity: 3 })
  const time = { providerId: w.providerId, serviceId: w.serviceId, startTime: w.at(3, '10:00'), seats: 2 }
  const book = (terms?: Partial<typeof now>) =>
    bookAppointment.execute({ ...time, client: someone('direct'), terms }, newCall(anonymous))
  await changedMeanwhile(w)
  const forTwo = { ...now, amount: 18_000 }
  for (const shown of [{ amount: 10_000 }, { currency: 'USD' }, { freeUntilHours: 0 }, { lateFeePercent: 0 }])
    await expect(book({ ...forTwo, ...shown })).rejects.toMatchObject({
      ...refusal,
      data: { terms: forTwo },
    })
  expect(await bookedIn(w)).toBe(0)
  expect((await book({ amount: 18_000, currency: 'EUR' })).status).toBe('confirmed')
})

test('nor is a series: the whole of it waits for another yes', async () => {
  const w = await testWorld({ amount: 5000 })
  const book = (terms: typeof now) => {
    const about = { providerId: w.providerId, serviceId: w.serviceId, terms }
    const items = [3, 10].map((day) => ({ ...about, startTime: w.at(day, '10:00') }))
    return bookSeveral.execute({ items, client: someone('series') }, newCall(anonymous))
  }
  await changedMeanwhile(w)
  await expect(book(before)).rejects.toMatchObject(refusal)
  expect(await bookedIn(w)).toBe(0)
  expect((await book(now)).bookings).toHaveLength(2)
})

test('nor is what the waiting list offers', async () => {
  const w = await testWorld({ amount: 5000 })
  const { providerId, serviceId } = w
  const startTime = w.at(3, '10:00')
  const wish = { kind: 'time' as const, providerId, startTime }
  const { id } = await joinWaitlist.execute({ serviceId, wish, client: someone('waits') }, newCall(anonymous))
  const around = { from: w.at(3, '09:00'), until: w.at(3, '12:00') }
  await offerWaitlist.execute({ providerId, ...around }, newCall(systemActor('test')))
  const accept = (terms: typeof now) => acceptOffer.execute({ id, terms }, newCall(holderOf('waitlist', id)))
  await changedMeanwhile(w)
  await expect(accept(before)).rejects.toMatchObject(refusal)
  expect(await bookedIn(w)).toBe(0)
  expect((await accept(now)).status).toBe('confirmed')
})
