import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { toLocal } from '@/server/core/time'
import { createVenue } from '@/server/location/venue/create'
import { setWeek } from '@/server/scheduling/calendar/set-week'
import { placeHold } from '@/server/scheduling/hold/place'
import { bookAppointment } from './book'
import { bookSeveral } from './book-several'
import { planSeries } from './plan-series'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const visitor = () => newCall(anonymous)
const of = (w: World, startTime: string) => ({ providerId: w.providerId, serviceId: w.serviceId, startTime })
const counted = async (w: World) => {
  const [row] = await db.owner<{ n: number }[]>`
    select count(*)::int as n from appointment where tenant_id = ${w.businessId}`
  return row?.n
}

test('a series of ten with two conflicts: shown date by date, and booked whole with what stands in', async () => {
  const w = await testWorld({ windowDays: 120 })
  const plan = { ...of(w, w.at(3, '10:00')), times: 10 }
  const before = await planSeries.execute(plan, visitor())
  expect(before.dates.every((d) => d.free)).toBe(true)
  const clocks = before.dates.map((d) => toLocal(w.zone, Date.parse(d.startTime)).minute)
  expect(new Set(clocks)).toEqual(new Set([600]))
  const lost = [before.dates[3]?.startTime as string, before.dates[7]?.startTime as string]
  for (const startTime of lost)
    await bookAppointment.execute({ ...of(w, startTime), client: someone('faster') }, visitor())
  const items = before.dates.map((d) => of(w, d.startTime))
  const refused = await bookSeveral
    .execute({ items, client: someone() }, visitor())
    .catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'some_taken' })
  const { conflicts } = (refused as { data: { conflicts: { index: number; startTime: string }[] } }).data
  expect(conflicts.map((c) => [c.index, c.startTime])).toEqual([
    [3, lost[0]],
    [7, lost[1]],
  ])
  expect(await counted(w)).toBe(2)
  const after = await planSeries.execute(plan, visitor())
  expect(after.dates.map((d) => d.free)).toEqual(before.dates.map((_, n) => n !== 3 && n !== 7))
  const chosen = after.dates.map((d) => of(w, d.free ? d.startTime : (d.substitutes[0]?.startTime ?? '')))
  const { bookings } = await bookSeveral.execute({ items: chosen, client: someone() }, visitor())
  expect(bookings).toHaveLength(10)
  expect(await counted(w)).toBe(12)
  await assertInvariants(db.owner)
})

test('a series says where each date is, what stands in too, and is refused where that is another place by then', async () => {
  const w = await testWorld()
  const { businessId, providerId } = w
  const venueOf = async (name: string) =>
    (await createVenue.execute({ businessId, name, timeZone: w.zone }, newCall(w.owner))).venueId
  const [mill, pier] = [await venueOf('Mill'), await venueOf('Pier')]
  const at = (place: string) => {
    const ranges: [string, string, string][] = [['09:00', '17:00', place]]
    const weekly = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, ranges]))
    return setWeek.execute({ businessId, providerId, weekly }, newCall(w.owner))
  }
  await at(mill)
  const first = of(w, w.at(3, '10:00'))
  await bookAppointment.execute({ ...first, client: someone('faster') }, visitor())
  const { dates } = await planSeries.execute({ ...first, times: 2 }, visitor())
  const [taken, free] = dates
  expect([taken?.substitutes[0]?.place, free?.place]).toEqual([mill, mill])
  const chosen = dates.map(({ substitutes: [other], startTime, place }) => ({ startTime, place, ...other }))
  const items = chosen.map(({ startTime, place }) => ({ ...of(w, startTime), place }))
  await at(pier)
  await expect(bookSeveral.execute({ items, client: someone() }, visitor())).rejects.toMatchObject({
    data: { conflicts: [{ code: 'other_place' }, { code: 'other_place' }] },
  })
  await at(mill)
  const { bookings } = await bookSeveral.execute({ items, client: someone() }, visitor())
  expect(bookings.map(({ place }) => place)).toEqual([mill, mill])
})

test('times of one call stand in each other’s way like those of two', async () => {
  const w = await testWorld({ bufferAfterMinutes: 30 })
  const items = [of(w, w.at(3, '10:00')), of(w, w.at(3, '11:00'))]
  await expect(bookSeveral.execute({ items, client: someone() }, visitor())).rejects.toMatchObject({
    code: 'some_taken',
    data: { conflicts: [{ index: 1, code: 'slot_taken' }] },
  })
  expect(await counted(w)).toBe(0)
})

test('series that overlap race: each has all of its times or none', async () => {
  const w = await testWorld()
  const clocks = ['09:00', '10:00', '11:00', '12:00', '13:00']
  const tries = clocks.map((_, n) => clocks.slice(0, n + 1).map((clock) => of(w, w.at(4, clock))))
  const outcome = await Promise.allSettled(
    [...tries, ...tries].map((items, n) =>
      bookSeveral.execute({ items: n % 2 ? [...items].reverse() : items, client: someone(n) }, visitor()),
    ),
  )
  const won = outcome.filter((o) => o.status === 'fulfilled')
  expect(won).toHaveLength(1)
  for (const o of outcome) if (o.status === 'rejected') expect(isRefusal(o.reason)).toBe(true)
  expect(await counted(w)).toBe(won[0]?.value.bookings.length)
  await assertInvariants(db.owner)
})

test('what belongs to another business is not found, and nothing of it is booked', async () => {
  const [mine, theirs] = [await testWorld(), await testWorld()]
  const items = [of(mine, mine.at(3, '10:00')), of(theirs, theirs.at(3, '10:00'))]
  await expect(bookSeveral.execute({ items, client: someone() }, visitor())).rejects.toMatchObject({
    code: 'not_found',
  })
  expect([await counted(mine), await counted(theirs)]).toEqual([0, 0])
})

test.each([1, 3])(
  'a hold that ran out between two of its times ends once, where %i have room',
  async (capacity) => {
    const w = await testWorld({ capacity })
    const holder = newId()
    const held = await placeHold.execute({ ...of(w, w.at(3, '10:30')), holder }, visitor())
    for (const [table, key] of [
      ['hold', 'id'],
      ['occupancy', 'ref_id'],
    ])
      await db.owner.unsafe(
        `update ${table} set expires_at = now() - interval '1 second' where ${key} = $1`,
        [held.id],
      )
    const items = [of(w, w.at(3, '10:00')), of(w, w.at(3, '11:00'))]
    await bookSeveral.execute({ items, client: someone() }, visitor())
    const said = await db.owner`
    select aggregate_id as id, type from event_log
    where tenant_id = ${w.businessId} and (aggregate_id = ${held.id} or data ->> 'previousStatus' = 'held'
      or type = 'scheduling.slot.deleted.v1')`
    expect(said.filter(({ id }) => id === held.id).map(({ type }) => type)).toEqual([
      'scheduling.hold.placed.v1',
      'scheduling.hold.expired.v1',
    ])
    expect(said.filter(({ id }) => id !== held.id)).toHaveLength(1)
  },
)
