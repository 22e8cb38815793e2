import fc from 'fast-check'
import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { mailTo } from '@/db/testing-mail'
import { testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { getBooking } from '@/server/booking/appointment/queries'
import { setFeed } from '@/server/business/provider/set-feed'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { newId } from '@/server/core/id'
import { addDays, DAY, toLocal } from '@/server/core/time'
import { allZones, spansOf } from '@/server/core/zones'
import { providerFeed } from '@/server/notification/feed/queries'
import { setHours } from '@/server/scheduling/calendar/set-hours'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'
import { type Running, startHandling } from './run'
import { subscriptions } from './subscriptions'

const soak = Boolean(process.env.SOAK)
const runs = soak ? 250 : 8
vi.setConfig({ testTimeout: soak ? 3_600_000 : 120_000 })

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

/** The clock changes that can be booked, by zone. */
const changes = allZones().flatMap((zone) => {
  const [first, last] = [Date.now() + 2 * DAY, Date.now() + 380 * DAY]
  return spansOf(zone, first, last)
    .slice(1)
    .map((span) => ({ zone, at: span.from }))
})
const days = ['1', '2', '3', '4', '5', '6', '7']
const clock = (quarter: number) =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
/** Hours around the night, where clocks change, and by day. */
const hours = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
  .map((quarters) => quarters.sort((a, b) => a - b).slice(0, quarters.length & ~1))
  .map((quarters) =>
    Array.from({ length: quarters.length / 2 }, (_, n): [string, string] => [
      clock(quarters[2 * n] ?? 0),
      clock(quarters[2 * n + 1] ?? 96),
    ]),
  )
const cases = fc.record({
  change: fc.constantFrom(...changes),
  reader: fc.oneof(fc.constant('Asia/Kathmandu'), fc.constantFrom(...changes.map(({ zone }) => zone))),
  night: fc.constantFrom<[string, string][]>([['00:00', '04:30']], [['00:15', '24:00']]),
  hours,
  durationMinutes: fc.constantFrom(15, 45, 60, 90),
  stepMinutes: fc.constantFrom(15, 20, 30, 60),
})

type Slot = { startTime: string; endTime: string }

/** The times that a reader sees around a moment, nearest first, by their own calendar's days. */
async function shown(w: World, reader: string, at: number): Promise<(Slot & { date: string })[]> {
  const { date } = toLocal(reader, at)
  const { body } = await showAvailability({
    providerId: w.providerId,
    serviceId: w.serviceId,
    startDate: addDays(date, -1),
    days: '3',
    timeZone: reader,
  })
  const answer = JSON.parse(new TextDecoder().decode(body)) as { days: { date: string; slots: Slot[] }[] }
  const away = ({ startTime }: Slot) => Math.abs(Date.parse(startTime) - at)
  return answer.days
    .flatMap((day) => day.slots.map((slot) => ({ ...slot, date: day.date })))
    .sort((a, b) => away(a) - away(b))
}

const months = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ')

/** The instants that a German mail says: a day, a time and whose clock that is, line by line. */
function said(text: string): string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, n) => {
    const day = /(\d{1,2})\. (\S+) (\d{4})\D+?(\d{1,2}):(\d{2})/.exec(line)
    const offset = /\(GMT([+-]\d{2}:\d{2}(?::\d{2})?)/.exec(`${line} ${lines[n + 1] ?? ''}`)
    if (!day || !offset || !/Ortszeit/.test(`${line} ${lines[n + 1] ?? ''}`)) return []
    const [, date = '', month = '', year = '', hour = '', minute = ''] = day
    const number = String(months.indexOf(month) + 1).padStart(2, '0')
    const local = `${year}-${number}-${date.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}`
    return [Temporal.Instant.from(`${local}${offset[1]}`).toString()]
  })
}

/** What a calendar program makes of a file. */
const entries = (file: string) =>
  new ICAL.Component(ICAL.parse(file) as unknown[]).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      from: event.startDate.toJSDate().toISOString().replace('.000Z', 'Z'),
      to: event.endDate.toJSDate().toISOString().replace('.000Z', 'Z'),
    }
  })

test('the time shown is the time booked, told by mail, and in the calendar file and the feed; around clock changes everywhere', async () => {
  let booked = 0
  await fc.assert(
    fc.asyncProperty(cases, async ({ change, reader, night, hours, durationMinutes, stepMinutes }) => {
      const w = await testWorld({ durationMinutes, stepMinutes, windowDays: 400 }, change.zone)
      const weekly = Object.fromEntries(days.map((day, n) => [day, n % 2 ? hours : night]))
      const rules = {
        timeZone: change.zone,
        weekly,
        overrides: { [toLocal(change.zone, change.at).date]: night },
      }
      const own = { businessId: w.businessId, providerId: w.providerId }
      await setHours.execute({ ...own, rules }, newCall(w.owner))
      const { feedId } = await setFeed.execute({ ...own, open: true }, newCall(w.owner))
      for (let n = 0; n < 2; n++) {
        const [time] = await shown(w, reader, change.at)
        if (!time) return
        // By the reader's clock it is on the day under which it was shown.
        const there = Temporal.Instant.from(time.startTime).toZonedDateTimeISO(reader)
        expect(there.toPlainDate().toString()).toBe(time.date)
        const email = `${newId()}@example.com`
        const metadata = { language: 'de', timeZone: reader }
        const { id, ...answer } = await bookAppointment.execute(
          {
            providerId: w.providerId,
            serviceId: w.serviceId,
            startTime: time.startTime,
            client: { name: 'Zeit Probe', email },
          },
          newCall(anonymous, { metadata }),
        )
        booked += 1
        const times = { startTime: time.startTime, endTime: time.endTime }
        expect(answer).toMatchObject(times)
        expect(await getBooking.execute({ id }, newCall(w.owner))).toMatchObject(times)
        const mail = await mailTo(db.owner, email)
        const told = said(mail.text)
        expect(told.length).toBeGreaterThan(0)
        expect(new Set(told)).toEqual(new Set([time.startTime]))
        const entry = { uid: `${id}@slotwise`, from: time.startTime, to: time.endTime }
        expect(entries(mail.calendar?.file ?? '')).toEqual([entry])
        const bearer = resourceToken('provider_feed', feedId ?? '')
        const feed = await providerFeed.execute(
          { providerId: w.providerId, feedId: feedId ?? '' },
          newCall(anonymous, { bearer }),
        )
        expect(entries(feed.file)).toContainEqual(entry)
      }
    }),
    { numRuns: runs, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) },
  )
  expect(booked).toBeGreaterThan(runs)
  await assertInvariants(db.owner)
})
