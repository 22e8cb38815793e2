import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { previewService } from '@/server/business/service/preview'
import { updateService } from '@/server/business/service/update'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { today } from '@/server/core/time'
import type { RulesImpact } from './model-impact'
import { previewRules } from './preview-rules'
import { setDay } from './set-day'
import { setWeek } from './set-week'
import { showAvailability } from './show-availability'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const all = ['1', '2', '3', '4', '5', '6', '7']
const from = (opens: string) =>
  Object.fromEntries(all.map((day) => [day, [[opens, '20:00'] as [string, string]]]))
const book = (w: World, startTime: string, n = 1) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone(n) },
    newCall(anonymous),
  )
const whose = (w: World) => ({ businessId: w.businessId, providerId: w.providerId })

/** Every time that is shown for as long as the service can be booked, asked as visitors ask. */
async function shown(w: World, days: number): Promise<Set<string>> {
  const { body } = await showAvailability({
    providerId: w.providerId,
    serviceId: w.serviceId,
    startDate: today(w.zone, Date.now()),
    days: String(days),
    timeZone: w.zone,
  })
  const answer = JSON.parse(new TextDecoder().decode(body)) as { days: { slots: { startTime: string }[] }[] }
  return new Set(answer.days.flatMap((day) => day.slots.map((slot) => slot.startTime)))
}

const saying = ({ parts }: RulesImpact) => parts.map(({ gained, lost }) => ({ gained, lost }))
const between = (was: Set<string>, is: Set<string>) => [
  {
    gained: [...is].filter((time) => !was.has(time)).length,
    lost: [...was].filter((time) => !is.has(time)).length,
  },
]

test('what other hours would bring is what they bring, and whoever is left outside must have been looked at', async () => {
  const w = await testWorld({ windowDays: 9 })
  await book(w, w.at(3, '08:30'), 1)
  await book(w, w.at(4, '10:30'), 2)
  const weekly = from('10:15')
  const asked = { ...whose(w), change: { weekly } }
  const before = await shown(w, 12)
  const impact = await previewRules.execute(asked, newCall(w.owner))
  expect(await shown(w, 12)).toEqual(before)
  expect(impact.broken).toMatchObject([
    { clientName: 'Client 1', startTime: w.at(3, '08:30'), why: 'outside_hours' },
  ])
  const save = (seen?: string) => setWeek.execute({ ...whose(w), weekly, seen }, newCall(w.owner))
  expect(await codeOf(save(''))).toBe('breaks_bookings')
  // Meanwhile somebody books another time that would be left outside: what was looked at is no longer so.
  await book(w, w.at(5, '09:00'), 3)
  expect(await codeOf(save(impact.version))).toBe('breaks_bookings')
  const again = await previewRules.execute(asked, newCall(w.owner))
  expect(again.broken).toHaveLength(2)
  const stood = await shown(w, 12)
  expect(await codeOf(save(again.version))).toBe('ok')
  expect(saying(again)).toEqual(between(stood, await shown(w, 12)))
})

test('a change that leaves nobody outside needs no second look; whoever does not look is not asked', async () => {
  const w = await testWorld()
  await book(w, w.at(3, '12:00'))
  const save = (opens: string, seen?: string) =>
    codeOf(setWeek.execute({ ...whose(w), weekly: from(opens), seen }, newCall(w.owner)))
  expect(await save('09:00', '')).toBe('ok')
  expect(await save('13:00', '')).toBe('breaks_bookings')
  expect(await save('13:00')).toBe('ok')
})

test('of a service: the times that come and go, and the bookings that would stand too close', async () => {
  const w = await testWorld({ windowDays: 9 })
  await book(w, w.at(3, '10:00'), 1)
  await book(w, w.at(3, '11:00'), 2)
  await book(w, w.at(4, '10:00'), 3)
  const changes = { bufferAfterMinutes: 15, durationMinutes: 45 }
  const own = { businessId: w.businessId, serviceId: w.serviceId }
  const impact = await previewService.execute({ ...own, offer: changes }, newCall(w.owner))
  expect(impact.broken.map((b) => b.clientName)).toEqual(['Client 1', 'Client 2'])
  expect(impact.broken.every((b) => b.why === 'too_close')).toBe(true)
  const before = await shown(w, 12)
  const save = (seen: string) => codeOf(updateService.execute({ ...own, changes, seen }, newCall(w.owner)))
  expect(await save('')).toBe('breaks_bookings')
  expect(await save(impact.version)).toBe('ok')
  expect(saying(impact)).toEqual(between(before, await shown(w, 12)))
})

test('several days in one go: looked at, saved and taken back as one', async () => {
  const w = await testWorld({ windowDays: 9 })
  await book(w, w.at(4, '10:00'), 1)
  const [date, through] = [w.at(3, '12:00'), w.at(5, '12:00')].map((at) => at.slice(0, 10)) as [
    string,
    string,
  ]
  const change = { date, through, ranges: [] }
  const impact = await previewRules.execute({ ...whose(w), change }, newCall(w.owner))
  expect(impact.broken.map((b) => b.clientName)).toEqual(['Client 1'])
  const before = await shown(w, 12)
  const save = (seen: string, to: typeof change | { date: string; through: string; ranges: null }) =>
    codeOf(setDay.execute({ ...whose(w), ...to, seen }, newCall(w.owner)))
  expect(await save('', change)).toBe('breaks_bookings')
  expect(await save(impact.version, change)).toBe('ok')
  expect(saying(impact)).toEqual(between(before, await shown(w, 12)))
  expect([...(await shown(w, 12))].filter((t) => t >= date && t.slice(0, 10) <= through)).toEqual([])
  expect(await save('', { date, through, ranges: null })).toBe('ok')
  expect(await shown(w, 12)).toEqual(before)
  expect(await save('', { ...change, through: '2020-01-01' })).toBe('malformed')
})
