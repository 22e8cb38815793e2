import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, person, someone, testWorld, type World } from '@/db/testing-world'
import { comingHolidays } from '@/jobs/sweeps/holidays'
import { sweepOnce } from '@/jobs/sweeps/sweep'
import { grantMembership } from '@/server/auth/membership/grant'
import { bookAppointment } from '@/server/booking/appointment/book'
import { createProvider } from '@/server/business/provider/create'
import { linkProvider } from '@/server/business/provider/link'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { today, toInstant } from '@/server/core/time'
import { closedDays } from './model-holidays'
import { previewRules } from './preview-rules'
import { setDay } from './set-day'
import { setHolidays } from './set-holidays'
import { setHours } from './set-hours'
import { showAvailability } from './show-availability'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const zone = 'Europe/Berlin'
/** The next two Christmas Days, whenever this is read. */
const christmas = () => {
  const now = today(zone, Date.now())
  const year = Number(now.slice(0, 4)) + (now.slice(5) > '12-20' ? 1 : 0)
  return [`${year}-12-25`, `${year}-12-26`] as const
}
const at = (date: string, hour: number) =>
  new Date(toInstant(zone, date, hour * 60).instant).toISOString().replace('.000Z', 'Z')
const set = (w: World, region: string | null, open: string[] = []) =>
  setHolidays.execute({ businessId: w.businessId, providerId: w.providerId, region, open }, newCall(w.owner))
const timesOn = async (w: World, startDate: string): Promise<number> => {
  const { body } = await showAvailability({ providerId: w.providerId, startDate, days: '1' })
  return new TextDecoder().decode(body).match(/startTime/g)?.length ?? 0
}
const book = (w: World, startTime: string) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone() },
    newCall(anonymous),
  )

test('what is closed is neither shown nor bookable; what is kept open is, and a special day goes before', async () => {
  const w = await testWorld({ windowDays: 730 })
  const [first, second] = christmas()
  expect(await timesOn(w, first)).toBeGreaterThan(0)
  await set(w, 'DE-BE')
  expect([await timesOn(w, first), await timesOn(w, second)]).toEqual([0, 0])
  expect(await codeOf(book(w, at(first, 10)))).toBe('outside_hours')
  await set(w, 'DE-BE', ['12-26'])
  expect(await timesOn(w, second)).toBeGreaterThan(0)
  expect(await codeOf(book(w, at(second, 10)))).toBe('ok')
  const { businessId, providerId } = w
  await setDay.execute(
    { businessId, providerId, date: first, ranges: [['10:00', '11:00']] },
    newCall(w.owner),
  )
  expect(await timesOn(w, first)).toBe(1)
  await set(w, null)
  expect(await timesOn(w, first)).toBe(1)
  expect(await timesOn(w, second)).toBeGreaterThan(0)
})

test('who is booked on such a day stays booked, and is named before', async () => {
  const w = await testWorld({ windowDays: 730 })
  const [first] = christmas()
  const booked = await book(w, at(first, 10))
  const change = { holidays: await closedDays('DE-BE', [], today(zone, Date.now())) }
  const about = { businessId: w.businessId, providerId: w.providerId }
  const seen = await previewRules.execute({ ...about, change }, newCall(w.owner))
  expect(seen.broken).toMatchObject([{ bookingId: booked.id, why: 'outside_hours' }])
  await setHolidays.execute({ ...about, region: 'DE-BE', open: [], seen: seen.version }, newCall(w.owner))
  expect(await timesOn(w, first)).toBe(0)
})

test('for everybody it is looked at and done together, or for nobody', async () => {
  const w = await testWorld({ windowDays: 730 })
  const { businessId, providerId, serviceId } = w
  const own = () => newCall(w.owner)
  const open = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((n) => [n, [['09:00', '17:00']]]))
  const rules = { timeZone: zone, weekly: open as Record<string, [string, string][]>, overrides: {} }
  const wanted = { businessId, name: 'Colleague Test', rules, serviceIds: [serviceId] }
  const colleague = (await createProvider.execute(wanted, own())).providerId
  const [first] = christmas()
  const theirs = { providerId: colleague, serviceId, startTime: at(first, 10), client: someone() }
  const booked = await bookAppointment.execute(theirs, newCall(anonymous))
  const change = { holidays: await closedDays('DE-BE', [], today(zone, Date.now())) }
  const about = { businessId, providerId, everybody: true }
  const seen = await previewRules.execute({ ...about, change }, own())
  expect(seen.broken).toMatchObject([{ bookingId: booked.id, why: 'outside_hours' }])
  const save = (version: string) =>
    codeOf(setHolidays.execute({ ...about, region: 'DE-BE', open: [], seen: version }, own()))
  const closed = async () => {
    const rows = await db.owner`
      select provider_id from calendar where tenant_id = ${businessId} and rules->'holidays' is not null`
    return rows.map((row) => row.provider_id).sort()
  }
  const alone = await previewRules.execute({ businessId, providerId, change }, own())
  expect([await save(''), await save(alone.version)]).toEqual(['breaks_bookings', 'breaks_bookings'])
  expect(await closed()).toEqual([])
  expect(await save(seen.version)).toBe('ok')
  expect(await closed()).toEqual([providerId, colleague].sort())
  const me = newId()
  await grantMembership.execute({ businessId, userId: me, role: 'provider' }, own())
  await linkProvider.execute({ businessId, providerId, userId: me }, own())
  const mine = newCall(person(me, [{ tenantId: businessId, role: 'provider' }]))
  expect(await codeOf(setHolidays.execute({ ...about, region: null }, mine))).toBe('not_found')
})

test.each(['XX', 'DE-XX'])('there are no holidays of %s', async (region) => {
  expect(await codeOf(set(await testWorld(), region))).toBe('malformed')
})

test('another year is written once it comes within reach', async () => {
  const w = await testWorld()
  const year = new Date().getUTCFullYear()
  const holidays = { region: 'DE-BE', days: [], through: `${year + 1}-12-31`, open: ['12-26'] }
  const rules = { timeZone: zone, weekly: {}, overrides: {}, holidays }
  const about = { businessId: w.businessId, providerId: w.providerId }
  await setHours.execute({ ...about, rules }, newCall(w.owner))
  expect(await sweepOnce(comingHolidays)).toBe(1)
  const [row] = await db.owner<{ through: string; days: string[] }[]>`
    select rules #>> '{holidays,through}' as through, rules #> '{holidays,days}' as days from calendar
    where provider_id = ${w.providerId}`
  expect(row?.through).toBe(`${year + 3}-12-31`)
  expect(row?.days).toContain(`${year + 3}-12-25`)
  expect(row?.days).not.toContain(`${year + 3}-12-26`)
  expect(await sweepOnce(comingHolidays)).toBe(0)
})
