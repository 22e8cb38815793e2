import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { dueSeries } from '@/jobs/sweeps/series'
import { bookAppointment } from '@/server/booking/appointment/book'
import { updateProvider } from '@/server/business/provider/update'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { addDays, formatInstant, today, toInstant } from '@/server/core/time'
import { blockTime } from '../calendar/block'
import { createSlot } from '../slot/create'
import { deleteSlot } from '../slot/delete'
import { updateSlot } from '../slot/update'
import { createSeries } from './create'
import { endSeries } from './end'
import { extendSeries } from './extend'
import { occurrencesOf } from './model-recurrence'
import { previewNewSeries, previewSeries } from './preview'
import { updateSeries } from './update'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

type Changes = Parameters<typeof updateSeries.execute>[0]['wanted']
const day = (w: World, n: number) => addDays(today(w.zone, Date.now()), n)
const clock = (w: World, date: string, time: string) => {
  const [h = 0, m = 0] = time.split(':').map(Number)
  return formatInstant(toInstant(w.zone, date, h * 60 + m).instant)
}
const wish = (w: World, over: Record<string, unknown> = {}) => ({
  businessId: w.businessId,
  providerId: w.providerId,
  serviceId: w.serviceId,
  rrule: 'FREQ=WEEKLY;COUNT=6',
  startDate: day(w, 7),
  time: '18:00',
  maxBookings: 5,
  ...over,
})
const write = (w: World, over: Record<string, unknown> = {}) =>
  createSeries.execute(wish(w, over), newCall(w.owner))
const preview = (w: World, seriesId: string, changes: Changes | null, from?: string) =>
  previewSeries.execute({ businessId: w.businessId, seriesId, from, wanted: changes }, newCall(w.owner))
async function change(w: World, seriesId: string, changes: Changes, from?: string) {
  const { version } = await preview(w, seriesId, changes, from)
  return updateSeries.execute(
    { businessId: w.businessId, seriesId, from, wanted: changes, version },
    newCall(w.owner),
  )
}
const book = (w: World, startTime: string, n = 1) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone(n) },
    newCall(anonymous),
  )
type Row = {
  id: string
  series: string
  at: Date
  on: string
  status: string
  capacity: number
  taken: number
}
const slots = (w: World) =>
  db.owner<Row[]>`
    select id, series_id as series, starts_at as at, occurs_on::text as on, status, capacity, taken from slot
    where tenant_id = ${w.businessId} order by starts_at, status`
const open = async (w: World) => (await slots(w)).filter((s) => s.status !== 'deleted')
const events = (w: World, type: string) =>
  db.owner<{ correlation: string; data: Record<string, unknown> }[]>`
    select correlation_id as correlation, data from event_log
    where tenant_id = ${w.businessId} and type = ${type} order by pos`

describe('a series', () => {
  test('is written out as far as can be booked, one event a slot, under one correlation', async () => {
    const w = await testWorld({ windowDays: 30 })
    const { seriesId, slotIds } = await write(w, { rrule: 'FREQ=DAILY;INTERVAL=2' })
    const written = await open(w)
    expect(written).toHaveLength(slotIds.length)
    expect(written.map(({ on }) => on)).toEqual(Array.from({ length: 42 }, (_, n) => day(w, 7 + 2 * n)))
    const said = await events(w, 'scheduling.slot.created.v1')
    const [born] = await events(w, 'scheduling.series.created.v1')
    expect(said).toHaveLength(slotIds.length)
    expect(new Set(said.map((e) => e.correlation))).toEqual(new Set([born?.correlation]))
    expect(said[0]?.data).toMatchObject({ isRecurring: true, maxBookings: 5, seriesId, occursOn: day(w, 7) })
  })

  test('is refused whole where a day is taken, shows which, and goes around it when asked', async () => {
    const w = await testWorld({ bufferAfterMinutes: 15 })
    await book(w, clock(w, day(w, 14), '17:00'))
    await blockTime.execute(
      {
        businessId: w.businessId,
        providerId: w.providerId,
        startTime: clock(w, day(w, 28), '18:30'),
        endTime: clock(w, day(w, 28), '20:00'),
        label: 'Boiler',
      },
      newCall(w.owner),
    )
    const seen = await previewNewSeries.execute(wish(w), newCall(w.owner))
    const clashes = seen.created.flatMap((c) => c.clashes.map(({ kind, name }) => [c.date, kind, name]))
    expect(clashes).toEqual([
      [day(w, 14), 'appointment', 'Client 1'],
      [day(w, 28), 'block', 'Boiler'],
    ])
    const refused = await write(w).catch((error) => error)
    expect(refused).toMatchObject({ code: 'slot_conflict', data: { conflicts: [{ date: day(w, 14) }, {}] } })
    expect(await slots(w)).toHaveLength(0)
    await write(w, { exDates: [day(w, 14), day(w, 28)] })
    expect((await open(w)).map(({ on }) => on)).toEqual([7, 21, 35, 42].map((n) => day(w, n)))
  })

  test('two at once for the same hour: one is written', async () => {
    const w = await testWorld()
    const outcomes = await Promise.all(
      [0, 30, 0, 30, 0].map((m) => codeOf(write(w, { time: `18:${m || '00'}` }))),
    )
    expect(outcomes.sort()).toEqual(['ok', ...Array(4).fill('slot_conflict')])
    expect(await open(w)).toHaveLength(6)
  })
})

describe('this and following', () => {
  test('moves who booked, leaves what came before, and is what the preview said', async () => {
    const w = await testWorld()
    const { seriesId } = await write(w)
    const [second, fourth] = [day(w, 14), day(w, 28)]
    await book(w, clock(w, second, '18:00'), 1)
    const moved = await book(w, clock(w, fourth, '18:00'), 2)
    const changes = { time: '19:30', maxBookings: 3 }
    const seen = await preview(w, seriesId, changes, fourth)
    expect(seen).toMatchObject({ people: 1, created: [], lost: [], clashes: 0 })
    expect(
      seen.changed.map((c) => [c.was.startTime, c.startTime, c.maxBookings, c.people.map((p) => p.name)]),
    ).toEqual(
      [28, 35, 42].map((n) => [
        clock(w, day(w, n), '18:00'),
        clock(w, day(w, n), '19:30'),
        3,
        n === 28 ? ['Client 2'] : [],
      ]),
    )
    const done = await change(w, seriesId, changes, fourth)
    expect(done).toMatchObject({ created: 0, changed: 3, lost: 0, people: 1 })
    expect(done.seriesId).not.toBe(seriesId)
    expect((await open(w)).map((s) => [s.series, formatInstant(s.at.getTime()), s.taken])).toEqual([
      ...[7, 14, 21].map((n) => [seriesId, clock(w, day(w, n), '18:00'), n === 14 ? 1 : 0]),
      ...[28, 35, 42].map((n) => [done.seriesId, clock(w, day(w, n), '19:30'), n === 28 ? 1 : 0]),
    ])
    const told = await events(w, 'booking.appointment.rescheduled.v1')
    expect(told.map((e) => e.data)).toMatchObject([
      {
        bookingId: moved.id,
        previousStartTime: clock(w, fourth, '18:00'),
        startTime: clock(w, fourth, '19:30'),
      },
    ])
    const rules = await db.owner<{ id: string; rrule: string }[]>`
      select id, rrule from series where tenant_id = ${w.businessId} order by start_date`
    expect([...rules]).toEqual([
      { id: seriesId, rrule: 'FREQ=WEEKLY;COUNT=3' },
      { id: done.seriesId, rrule: 'FREQ=WEEKLY;COUNT=3' },
    ])
  })

  test('is refused when somebody booked since the preview, and when a seat would be lost', async () => {
    const w = await testWorld()
    const { seriesId } = await write(w)
    const at = clock(w, day(w, 28), '18:00')
    const { version } = await preview(w, seriesId, { maxBookings: 1 }, day(w, 28))
    await book(w, at, 1)
    const asked = { businessId: w.businessId, seriesId, from: day(w, 28), wanted: { maxBookings: 1 } }
    const commit = (v: string) => updateSeries.execute({ ...asked, version: v }, newCall(w.owner))
    expect(await codeOf(commit(version))).toBe('preview_changed')
    await book(w, at, 2)
    const again = await preview(w, seriesId, { maxBookings: 1 }, day(w, 28))
    expect(again.changed[0]?.clashes).toMatchObject([{ kind: 'seats' }])
    expect(await codeOf(commit(again.version))).toBe('slot_conflict')
  })

  test('ends: who booked is left to the workflow of each slot; what came before stays', async () => {
    const w = await testWorld()
    const { seriesId } = await write(w)
    await book(w, clock(w, day(w, 35), '18:00'))
    const from = day(w, 28)
    const { version, lost, people } = await preview(w, seriesId, null, from)
    expect([lost.length, people]).toEqual([3, 1])
    const end = (v: string, since?: string) =>
      endSeries.execute({ businessId: w.businessId, seriesId, from: since, version: v }, newCall(w.owner))
    expect(await end(version, from)).toMatchObject({ lost: 3, people: 1 })
    expect((await open(w)).map(({ on }) => on)).toEqual([7, 14, 21].map((n) => day(w, n)))
    expect(await events(w, 'scheduling.slot.deleted.v1')).toHaveLength(3)
    const rest = await preview(w, seriesId, null)
    expect(await end(rest.version)).toMatchObject({ lost: 3, people: 0 })
    expect(await open(w)).toHaveLength(0)
    expect(await events(w, 'scheduling.series.ended.v1')).toHaveLength(1)
    expect(await codeOf(end(rest.version))).toBe('wrong_state')
  })
})

describe('all', () => {
  test('another weekday keeps people in their week; slots that stand on their own stay', async () => {
    const w = await testWorld()
    const { seriesId } = await write(w, { rrule: 'FREQ=WEEKLY' })
    const before = await open(w)
    const [own, gone, kept] = before
    await book(w, formatInstant(kept?.at.getTime() ?? 0))
    const alone = clock(w, own?.on ?? '', '07:00')
    await updateSlot.execute(
      { businessId: w.businessId, slotId: own?.id ?? '', startTime: alone },
      newCall(w.owner),
    )
    await deleteSlot.execute({ businessId: w.businessId, slotId: gone?.id ?? '' }, newCall(w.owner))
    const next = addDays(kept?.on ?? '', 1)
    const weekday = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][new Date(next).getUTCDay()]
    await change(w, seriesId, { rrule: `FREQ=WEEKLY;BYDAY=${weekday}` })
    const after = await open(w)
    expect(after.find((s) => s.id === own?.id)?.at).toEqual(new Date(alone))
    expect(after.find((s) => s.id === kept?.id)).toMatchObject({ taken: 1, series: seriesId })
    const moved = after.filter((s) => s.id !== own?.id)
    expect(new Set(moved.map((s) => new Date(s.on).getUTCDay()))).toEqual(
      new Set([new Date(next).getUTCDay()]),
    )
    expect(await events(w, 'booking.appointment.rescheduled.v1')).toHaveLength(1)
    expect(await events(w, 'booking.appointment.cancelled.v1')).toHaveLength(0)
  })

  test('while ten want the last seat, and the series moves meanwhile: one has it', async () => {
    const w = await testWorld()
    const { seriesId } = await write(w, { maxBookings: 1 })
    const at = clock(w, day(w, 7), '18:00')
    const outcomes = await Promise.all([
      ...Array.from({ length: 10 }, (_, n) => codeOf(book(w, at, n))),
      codeOf(change(w, seriesId, { time: '18:15' })),
    ])
    const [first] = await open(w)
    expect(first?.taken).toBeLessThanOrEqual(1)
    expect(outcomes.slice(0, 10).filter((o) => o === 'ok').length).toBe(
      (await db.owner`select 1 from appointment where tenant_id = ${w.businessId}`).length,
    )
  })
})

describe('as time goes on', () => {
  const extend = (w: World, seriesId: string) =>
    extendSeries.execute({ businessId: w.businessId, seriesId }, newCall(systemActor('test')))
  /** As if it had been written ten days ago. */
  async function forget(w: World, seriesId: string) {
    const [row] = await db.owner<{ through: string }[]>`
      select written_through::text as through from series where id = ${seriesId}`
    const through = addDays(row?.through ?? '', -10)
    const rows = await slots(w)
    const late = rows.filter((s) => s.on > through).map(({ id }) => id)
    await db.owner`delete from occupancy where ref_id in ${db.owner(late)}`
    await db.owner`delete from slot where id in ${db.owner(late)}`
    await db.owner`delete from aggregate_head where id in ${db.owner(late)}`
    await db.owner`delete from event_log where aggregate_id in ${db.owner(late)}`
    await db.owner`
      update event_log set data = jsonb_set(data, '{writtenThrough}', to_jsonb(${through}::text))
      where aggregate_id = ${seriesId}`
    await db.owner`
      update series set written_through = ${through}, next_on = ${addDays(through, 1)} where id = ${seriesId}`
    return late.length
  }

  test('a sweep writes what has come within reach: once, however often and by however many it runs', async () => {
    const w = await testWorld({ windowDays: 7 })
    const { seriesId, writtenThrough } = await write(w, { rrule: 'FREQ=DAILY' })
    const before = (await open(w)).map(({ on }) => on)
    expect(await forget(w, seriesId)).toBe(10)
    const never = new AbortController().signal
    await Promise.all([
      dueSeries.run(new Date(), never),
      ...Array.from({ length: 4 }, () => extend(w, seriesId)),
    ])
    await dueSeries.run(new Date(), never)
    expect((await open(w)).map(({ on }) => on)).toEqual(before)
    const extended = await events(w, 'scheduling.series.extended.v1')
    expect(extended.map((e) => e.data)).toMatchObject([{ writtenThrough, slots: 10, leftOut: [] }])
    const [born] = await events(w, 'scheduling.series.created.v1')
    const made = await events(w, 'scheduling.slot.created.v1')
    const own = made.filter((e) => e.correlation === born?.correlation)
    expect(own.length).toBeGreaterThanOrEqual(before.length - 10)
  })

  test('not for a service that its provider no longer gives, until it is given again', async () => {
    const w = await testWorld({ windowDays: 7 })
    const { seriesId } = await write(w, { rrule: 'FREQ=DAILY' })
    const before = (await open(w)).length
    expect(await forget(w, seriesId)).toBe(10)
    const gives = (serviceIds: string[]) =>
      updateProvider.execute(
        { businessId: w.businessId, providerId: w.providerId, changes: { serviceIds } },
        newCall(w.owner),
      )
    const sweep = () => dueSeries.run(new Date(), new AbortController().signal)
    await gives([])
    await sweep()
    expect((await open(w)).length).toBe(before - 10)
    await gives([w.serviceId])
    await sweep()
    expect((await open(w)).length).toBe(before)
  })

  test('a day on which something stands is left out, and stays so', async () => {
    const w = await testWorld({ windowDays: 7 })
    const { seriesId, writtenThrough } = await write(w, { rrule: 'FREQ=DAILY' })
    await forget(w, seriesId)
    const taken = { businessId: w.businessId, providerId: w.providerId, serviceId: w.serviceId }
    const { slotId } = await createSlot.execute(
      { ...taken, startTime: clock(w, writtenThrough, '18:30') },
      newCall(w.owner),
    )
    expect(await extend(w, seriesId)).toEqual({ slots: 9 })
    await deleteSlot.execute({ businessId: w.businessId, slotId }, newCall(w.owner))
    expect(await extend(w, seriesId)).toEqual({ slots: 0 })
    const [said] = await events(w, 'scheduling.series.extended.v1')
    expect(said?.data).toMatchObject({ leftOut: [{ date: writtenThrough, kind: 'slot' }] })
  })
})

test('the database has the last word: a series has one slot a day', async () => {
  const w = await testWorld()
  await write(w)
  const twice = db.owner`
    insert into slot (tenant_id, id, provider_id, service_id, starts_at, ends_at, capacity, origin, status, series_id, occurs_on)
    select tenant_id, gen_random_uuid(), provider_id, service_id, starts_at + interval '5 hours', ends_at + interval '5 hours',
      capacity, origin, status, series_id, occurs_on from slot where tenant_id = ${w.businessId} limit 1`
  await expect(twice).rejects.toThrow('slot_once_a_day_of_its_series')
})

test('what the database holds is what the rule says', async () => {
  const w = await testWorld({ windowDays: 200 }, 'America/New_York')
  const rule = { rrule: 'FREQ=MONTHLY;BYDAY=2TU,-1FR', startDate: day(w, 3), time: '02:30' }
  await write(w, rule)
  const meant = occurrencesOf({ ...rule, timeZone: w.zone, exDates: [] }, day(w, 0), day(w, 200))
  expect((await open(w)).map((s) => s.at.getTime())).toEqual(meant.map((o) => o.startsAt))
})
