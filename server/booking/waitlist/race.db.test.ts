import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { createProvider } from '@/server/business/provider/create'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { joinWaitlist } from './join'
import { leaveWaitlist } from './leave'
import { offerWaitlist } from './offer'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const link = (id: string) =>
  newCall({ kind: 'bearer', id: `waitlist:${id}`, resource: 'waitlist', resourceId: id })
const offer = (w: World, providerId = w.providerId) =>
  offerWaitlist.execute(
    { providerId, from: w.at(3, '08:00'), until: w.at(3, '20:00') },
    newCall(systemActor('a-test')),
  )
const join = (w: World, n: number, wish: Parameters<typeof joinWaitlist.execute>[0]['wish']) =>
  joinWaitlist.execute({ serviceId: w.serviceId, wish, client: someone(n) }, newCall(anonymous))
const atTen = (w: World) => ({
  kind: 'time' as const,
  providerId: w.providerId,
  startTime: w.at(3, '10:00'),
})
const holds = (w: World) =>
  db.owner<{ status: string }[]>`select status from hold where tenant_id = ${w.businessId}`
const statusOf = async (id: string) => {
  const [row] = await db.owner<{ status: string }[]>`select status from waitlist where id = ${id}`
  return row?.status
}

/** Whatever is offered meanwhile stops where it writes its hold, until the others have got as far as they can. */
async function whileOffersWait<T>(begin: () => Promise<T>[]): Promise<PromiseSettledResult<T>[]> {
  const gate = await db.owner.reserve()
  await gate`begin`
  await gate`lock table hold in share row exclusive mode`
  const all = begin()
  await new Promise((resolve) => setTimeout(resolve, 700))
  await gate`commit`
  gate.release()
  return Promise.allSettled(all)
}

test('whoever leaves while they are being offered a time keeps nothing', async () => {
  const w = await testWorld()
  const { id } = await join(w, 1, atTen(w))
  await whileOffersWait<unknown>(() => [
    offer(w),
    new Promise((resolve) => setTimeout(resolve, 300)).then(() => leaveWaitlist.execute({ id }, link(id))),
  ])
  expect(await statusOf(id)).toBe('left')
  expect((await holds(w)).map((hold) => hold.status)).not.toContain('active')
  const { providerId, serviceId } = w
  const time = { providerId, serviceId, startTime: w.at(3, '10:00') }
  expect(await codeOf(bookAppointment.execute({ ...time, client: someone(2) }, newCall(anonymous)))).toBe(
    'ok',
  )
  await assertInvariants(db.owner)
}, 30_000)

test('offers and goodbyes all at once leave nobody with a time that is kept for no one', async () => {
  const w = await testWorld()
  const ids = []
  for (let n = 0; n < 6; n++) ids.push((await join(w, n, atTen(w))).id)
  const done = await Promise.allSettled([
    ...ids.map((id) => leaveWaitlist.execute({ id }, link(id))),
    ...ids.map(() => offer(w)),
  ])
  expect(done.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(await Promise.all(ids.map(statusOf))).toEqual(ids.map(() => 'left'))
  expect((await holds(w)).map((hold) => hold.status)).not.toContain('active')
  await assertInvariants(db.owner)
}, 30_000)

test('one wish for two people is one offer, however many ask', async () => {
  const w = await testWorld()
  const { businessId, serviceId } = w
  const open: [string, string][] = [['08:00', '20:00']]
  const weekly = { 1: open, 2: open, 3: open, 4: open, 5: open, 6: open, 7: open }
  const rules = { timeZone: w.zone, weekly, overrides: {} }
  const { providerId: other } = await createProvider.execute(
    { businessId, name: 'Bob', serviceIds: [serviceId], rules },
    newCall(w.owner),
  )
  const date = w.at(3, '10:00').slice(0, 10)
  const rule = { kind: 'rule' as const, weekdays: [1, 2, 3, 4, 5, 6, 7], fromDate: date, untilDate: date }
  const { id } = await join(w, 1, { ...rule, providerIds: [w.providerId, other] })
  const offered = await whileOffersWait(() => [offer(w), offer(w, other)])
  expect(offered.map((one) => one.status === 'fulfilled' && one.value.offered).filter(Boolean)).toEqual([id])
  expect(await holds(w)).toHaveLength(1)
  expect(await statusOf(id)).toBe('offered')
  await assertInvariants(db.owner)
}, 30_000)
