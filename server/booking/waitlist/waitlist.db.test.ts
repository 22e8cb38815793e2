import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { type Running, startHandling } from '@/jobs/run'
import { subscriptions } from '@/jobs/subscriptions'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { undoMs } from '@/server/booking/appointment/model'
import { undoChange } from '@/server/booking/appointment/undo-change'
import { type Actor, anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { inTenant } from '@/server/core/query'
import { createVenue } from '@/server/location/venue/create'
import { shortFacts } from '@/server/notification/browser/queries'
import { waitingFacts } from '@/server/notification/template/queries'
import { setDay } from '@/server/scheduling/calendar/set-day'
import { expireHold } from '@/server/scheduling/hold/expire'
import { createSlot } from '@/server/scheduling/slot/create'
import { acceptOffer } from './accept'
import { joinWaitlist } from './join'
import { leaveWaitlist } from './leave'
import { offerWaitlist } from './offer'
import { showEntry } from './queries'

let db: TestDatabase
let running: Running
beforeAll(async () => {
  db = await testDatabase()
  running = await startHandling(subscriptions)
})
afterAll(async () => {
  await running.stop()
  await db.drop()
})

const linkOf = (resource: string, id: string): Actor => ({
  kind: 'bearer',
  id: `${resource}:${id}`,
  resource,
  resourceId: id,
})
const entry = async (id: string) => {
  const [row] = await db.owner<{ status: string; offer: { holdId: string; startTime: string } | null }[]>`
    select status, offer from waitlist where id = ${id}`
  return row
}
const book = (w: World, n: number, startTime: string) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone(`booked-${n}`) },
    newCall(anonymous),
  )
const cancel = (id: string) => cancelAppointment.execute({ id }, newCall(linkOf('appointment', id)))
const join = (w: World, n: number, wish: object, seats = 1) =>
  joinWaitlist.execute(
    { serviceId: w.serviceId, wish: wish as never, client: someone(`waiting-${n}`), seats },
    newCall(anonymous),
  )
async function becomes(id: string, status: string) {
  await expect.poll(async () => (await entry(id))?.status, { timeout: 20_000 }).toBe(status)
  return (await entry(id))?.offer
}
const drained = () => assertInvariants(db.owner, { drained: subscriptions })

test('a time that comes free is kept for whoever waited longest, and booked by one tap', async () => {
  const w = await testWorld()
  const startTime = w.at(3, '10:00')
  const taken = await book(w, 1, startTime)
  const wish = { kind: 'time', providerId: w.providerId, startTime }
  const first = await join(w, 1, wish)
  const second = await join(w, 2, wish)
  expect(await join(w, 1, wish)).toEqual(first)
  await cancel(taken.id)
  await becomes(first.id, 'offered')
  expect((await entry(second.id))?.status).toBe('waiting')
  await expect(book(w, 2, startTime)).rejects.toMatchObject({ code: 'slot_taken' })
  const accepted = await acceptOffer.execute({ id: first.id }, newCall(linkOf('waitlist', first.id)))
  const shown = await showEntry.execute({ id: first.id }, newCall(linkOf('waitlist', first.id)))
  expect(shown.booking).toEqual({ id: accepted.bookingId, status: 'confirmed' })
  expect(accepted.status).toBe('confirmed')
  await expect(
    acceptOffer.execute({ id: second.id }, newCall(linkOf('waitlist', second.id))),
  ).rejects.toMatchObject({ code: 'wrong_state' })
  await drained()
}, 60_000)

test('five seats that come free at once go to five who wait, however many ask', async () => {
  const w = await testWorld()
  const startTime = w.at(4, '18:00')
  await createSlot.execute(
    {
      businessId: w.businessId,
      providerId: w.providerId,
      serviceId: w.serviceId,
      startTime,
      maxBookings: 5,
    },
    newCall(w.owner),
  )
  const booked = []
  for (let n = 0; n < 5; n++) booked.push(await book(w, n, startTime))
  const waiting = []
  for (let n = 0; n < 8; n++)
    waiting.push(await join(w, n, { kind: 'time', providerId: w.providerId, startTime }))
  await Promise.all(booked.map(({ id }) => cancel(id)))
  const ask = { providerId: w.providerId, from: w.at(4, '00:00'), until: w.at(5, '00:00') }
  await Promise.all(
    Array.from({ length: 10 }, () => offerWaitlist.execute(ask, newCall(systemActor('test')))),
  )
  await drained()
  const statuses = await Promise.all(waiting.map(async ({ id }) => (await entry(id))?.status))
  expect(statuses).toEqual([...Array(5).fill('offered'), ...Array(3).fill('waiting')])
}, 90_000)

test('an offer nobody takes lapses, and the next is asked', async () => {
  const w = await testWorld()
  const startTime = w.at(3, '11:00')
  const taken = await book(w, 1, startTime)
  const rule = {
    kind: 'rule',
    providerIds: [w.providerId],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    fromMinute: 11 * 60,
    untilMinute: 11 * 60 + 1,
    fromDate: startTime.slice(0, 10),
    untilDate: startTime.slice(0, 10),
  }
  const first = await join(w, 1, rule)
  const second = await join(w, 2, { kind: 'time', providerId: w.providerId, startTime })
  await cancel(taken.id)
  const offer = await becomes(first.id, 'offered')
  await runsOut(offer?.holdId as string)
  await becomes(first.id, 'lapsed')
  await becomes(second.id, 'offered')
  await leaveWaitlist.execute({ id: second.id }, newCall(linkOf('waitlist', second.id)))
  expect((await book(w, 3, startTime)).status).toBe('confirmed')
  await assertInvariants(db.owner)
}, 60_000)

test('an offer at a venue is told by its clock: on the page, by mail and in a browser', async () => {
  const w = await testWorld()
  const { businessId, providerId } = w
  const timeZone = 'America/New_York'
  const { venueId } = await createVenue.execute({ businessId, name: 'Pier', timeZone }, newCall(w.owner))
  const startTime = w.at(3, '16:00')
  const ranges: [string, string, string][] = [['08:00', '20:00', venueId]]
  const date = startTime.slice(0, 10)
  await setDay.execute({ businessId, providerId, date, ranges }, newCall(w.owner))
  const taken = await book(w, 1, startTime)
  const { id } = await join(w, 1, { kind: 'time', providerId, startTime })
  const shown = () => showEntry.execute({ id }, newCall(linkOf('waitlist', id)))
  expect((await shown()).timeZone).toBe(w.zone)
  await cancel(taken.id)
  await becomes(id, 'offered')
  expect(await shown()).toMatchObject({ timeZone, told: { name: 'Pier' } })
  const facts = await inTenant(businessId, (tx) => waitingFacts(tx, businessId, id))
  expect(facts?.letter).toMatchObject({ timeZone, offer: { startTime } })
  expect(await shortFacts(businessId, 'booking.waitlist', id)).toMatchObject({ timeZone, startTime })
  await assertInvariants(db.owner)
}, 60_000)

test('what the business gives back is offered once it cannot be undone, and not at all where it was', async () => {
  const w = await testWorld()
  const freed = async (n: number, startTime: string) => {
    const taken = await book(w, n, startTime)
    const waiting = await join(w, n, { kind: 'time', providerId: w.providerId, startTime })
    await cancelAppointment.execute({ id: taken.id }, newCall(w.owner))
    return { taken: taken.id, waiting: waiting.id }
  }
  const back = await freed(1, w.at(3, '10:00'))
  const gone = await freed(2, w.at(3, '15:00'))
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(await undoChange.execute({ id: back.taken }, newCall(w.owner))).toMatchObject({
    status: 'confirmed',
  })
  await becomes(gone.waiting, 'offered')
  const [told] = await db.owner<{ after: number }[]>`
    select extract(epoch from o.recorded_at - c.recorded_at)::float8 as after from event_log o, event_log c
    where o.aggregate_id = ${gone.waiting} and o.type = 'booking.waitlist.offered.v1'
      and c.aggregate_id = ${gone.taken} and c.type = 'booking.appointment.cancelled.v1'`
  expect(told?.after).toBeGreaterThanOrEqual(undoMs / 1000)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect((await entry(back.waiting))?.status).toBe('waiting')
  await assertInvariants(db.owner)
}, 60_000)

test('nobody waits for more places than there ever are', async () => {
  const w = await testWorld({ capacity: 4 })
  const wish = { kind: 'time', providerId: w.providerId, startTime: w.at(3, '10:00') }
  expect(await codeOf(join(w, 50, wish, 50))).toBe('malformed')
  expect(await codeOf(join(w, 4, wish, 4))).toBe('ok')
  await createSlot.execute(
    {
      businessId: w.businessId,
      providerId: w.providerId,
      serviceId: w.serviceId,
      startTime: w.at(5, '10:00'),
      endTime: w.at(5, '11:00'),
      maxBookings: 60,
    },
    newCall(w.owner),
  )
  expect(await codeOf(join(w, 50, wish, 50))).toBe('ok')
})

/** Nobody can wait for an hour: the offer's hold is put back, in its row and in what was said of it. */
async function runsOut(holdId: string) {
  const over = new Date(Date.now() - 1000).toISOString()
  await db.owner`update hold set expires_at = ${over} where id = ${holdId}`
  await db.owner`update occupancy set expires_at = ${over} where ref_id = ${holdId}`
  await db.owner`update event_log set data = data || jsonb_build_object('expiresAt', ${over}::text)
    where aggregate_id = ${holdId} and type = 'scheduling.hold.placed.v1'`
  await db.owner`update waitlist set offer = offer || jsonb_build_object('expiresAt', ${over}::text) where offer->>'holdId' = ${holdId}`
  await db.owner`update event_log set data = data || jsonb_build_object('expiresAt', ${over}::text)
    where type = 'booking.waitlist.offered.v1' and data->>'holdId' = ${holdId}`
  await expireHold.execute({ holdId }, newCall(systemActor('test')))
}
