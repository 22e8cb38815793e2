import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { addDays, formatInstant, parseClock, today, toInstant, weekday } from '@/server/core/time'
import { blockTime } from '../calendar/block'
import { showSlot } from '../slot/show'
import { updateSlot } from '../slot/update'
import { createSeries } from './create'
import { endSeries } from './end'
import { listSeries } from './list'
import type { Changes } from './model-wish'
import { previewSeries } from './preview'
import { updateSeries } from './update'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

/** A Tuesday at least a week ahead, and the weeks after it. */
const tuesday = (w: World, week: number) => {
  const soon = addDays(today(w.zone, Date.now()), 7)
  return addDays(soon, ((9 - weekday(soon)) % 7) + 7 * week)
}
const at = (w: World, date: string, time = '18:00') =>
  formatInstant(toInstant(w.zone, date, parseClock(time) ?? 0).instant)

async function tuesdays(w: World, rrule = 'FREQ=WEEKLY;BYDAY=TU;COUNT=4') {
  const { businessId, providerId, serviceId } = w
  const about = { businessId, providerId, serviceId, startDate: tuesday(w, 0), time: '18:00', maxBookings: 3 }
  return createSeries.execute({ ...about, rrule }, newCall(w.owner))
}
const book = (w: World, date: string, n = 1) =>
  bookAppointment.execute(
    {
      providerId: w.providerId,
      serviceId: w.serviceId,
      startTime: at(w, date),
      client: someone(n),
    },
    newCall(anonymous),
  )
const preview = ({ businessId, owner }: World, seriesId: string, wanted: Changes | null, from?: string) =>
  previewSeries.execute({ businessId, seriesId, from, wanted }, newCall(owner))
async function change(w: World, seriesId: string, wanted: Changes, from?: string) {
  const { version } = await preview(w, seriesId, wanted, from)
  const { businessId, owner } = w
  return updateSeries.execute({ businessId, seriesId, from, wanted, version }, newCall(owner))
}
const alone = ({ businessId, owner }: World, slotId: string, startTime: string) =>
  updateSlot.execute({ businessId, slotId, startTime }, newCall(owner))
const open = (w: World) =>
  db.owner<{ id: string; series: string; at: Date; on: string; taken: number }[]>`
    select id, series_id as series, starts_at as at, occurs_on::text as on, taken from slot
    where tenant_id = ${w.businessId} and status <> 'deleted' order by starts_at`
const days = async (w: World) => (await open(w)).map(({ on }) => on)
const said = async (w: World, type: string) =>
  (await db.owner`select 1 from event_log where tenant_id = ${w.businessId} and type = ${type}`).length

test('from a day on, on an earlier day of the week: that week moves too, with whoever booked it', async () => {
  const w = await testWorld()
  const { seriesId } = await tuesdays(w)
  const from = tuesday(w, 1)
  const { id } = await book(w, from)
  const { lost, changed, created } = await preview(
    w,
    seriesId,
    { rrule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=3' },
    from,
  )
  expect([lost.length, changed.length, created.length]).toEqual([0, 3, 0])
  await change(w, seriesId, { rrule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=3' }, from)
  const mondays = [1, 2, 3].map((week) => addDays(tuesday(w, week), -1))
  expect(await days(w)).toEqual([tuesday(w, 0), ...mondays])
  const [booked] = await db.owner`select status, starts_at from appointment where id = ${id}`
  expect(booked).toMatchObject({ status: 'confirmed', starts_at: new Date(at(w, mondays[0] ?? '')) })
  expect(await said(w, 'scheduling.slot.deleted.v1')).toBe(0)
})

test('a day on which something stands can be left out of a change; who had booked it is named', async () => {
  const w = await testWorld()
  const { seriesId } = await tuesdays(w)
  const out = tuesday(w, 2)
  await book(w, out)
  const { businessId, providerId } = w
  const taken = { startTime: at(w, out, '20:00'), endTime: at(w, out, '21:00') }
  await blockTime.execute({ businessId, providerId, ...taken }, newCall(w.owner))
  expect((await preview(w, seriesId, { time: '20:00' })).clashes).toBe(1)
  const seen = await preview(w, seriesId, { time: '20:00', exDates: [out] })
  expect(seen).toMatchObject({ clashes: 0, lost: [{ date: out, people: [{ name: 'Client 1' }] }] })
  expect(await change(w, seriesId, { time: '20:00', exDates: [out] })).toMatchObject({ changed: 3, lost: 1 })
  expect(await days(w)).toEqual([0, 1, 3].map((week) => tuesday(w, week)))
})

test('what was changed on its own goes its own way until its series is taken back', async () => {
  const w = await testWorld()
  const { seriesId, slotIds } = await tuesdays(w)
  const own = slotIds[2] ?? ''
  await alone(w, own, at(w, tuesday(w, 2), '07:00'))
  const seen = await preview(w, seriesId, { time: '19:00' }, tuesday(w, 1))
  expect(seen).toMatchObject({ changed: [{}, {}], apart: [{ slotId: own, date: tuesday(w, 2) }] })
  const { seriesId: later } = await change(w, seriesId, { time: '19:00' }, tuesday(w, 1))
  const { businessId, owner } = w
  const shown = await showSlot.execute({ businessId, slotId: own }, newCall(owner))
  expect(shown.series).toMatchObject({ id: later, isApart: true })
  expect(shown.startTime).toBe(at(w, tuesday(w, 2), '07:00'))
  const { version, lost, apart } = await preview(w, later, null)
  expect([lost.map(({ slotId }) => slotId).includes(own), lost.length, apart.length]).toEqual([true, 3, 0])
  await endSeries.execute({ businessId, seriesId: later, version }, newCall(owner))
  expect(await days(w)).toEqual([tuesday(w, 0)])
})

test('a first class that was changed on its own stays so when those after it are changed', async () => {
  const w = await testWorld()
  const { seriesId, slotIds } = await tuesdays(w)
  const own = slotIds[0] ?? ''
  await alone(w, own, at(w, tuesday(w, 0), '07:00'))
  const { seriesId: later } = await change(w, seriesId, { time: '19:00' }, tuesday(w, 1))
  const { businessId, owner } = w
  const shown = await showSlot.execute({ businessId, slotId: own }, newCall(owner))
  expect(shown.series).toMatchObject({ id: seriesId, isApart: true })
  const { version, lost } = await preview(w, later, null)
  expect(lost).toHaveLength(3)
  await endSeries.execute({ businessId, seriesId: later, version }, newCall(owner))
  expect(await days(w)).toEqual([tuesday(w, 0)])
})

test('the list shows what is still to come, and nothing that ran out', async () => {
  const w = await testWorld()
  const { seriesId } = await tuesdays(w)
  const { seriesId: later } = await change(w, seriesId, { time: '19:00' }, tuesday(w, 1))
  const { businessId, owner } = w
  const listed = async () =>
    (await listSeries.execute({ businessId }, newCall(owner))).series.map(({ id }) => id).sort()
  expect(await listed()).toEqual([seriesId, later].sort())
  const [first] = await open(w)
  await db.owner`
    update slot set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour'
    where id = ${first?.id ?? ''}`
  expect(await listed()).toEqual([later])
  await db.owner`
    update slot set starts_at = ${first?.at ?? null}, ends_at = ${first?.at ?? null}::timestamptz + interval '1 hour'
    where id = ${first?.id ?? ''}`
})
