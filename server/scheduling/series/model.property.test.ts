import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { addDays, daysFrom, MINUTE, toInstant } from '@/server/core/time'
import { availability, isBookable } from '../calendar/model'
import { matchSlots, periodOf, type Wanted } from './model-plan'
import { occurrencesOf, type Recurrence } from './model-recurrence'
import { formatRule, type Rule, weekdayCodes } from './model-rule'

// Zones whose clocks do what clocks do, and days on which they do it.
const occasions = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Cairo', '2026-04-24'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Kathmandu', '2026-06-01'],
] as const

/** The days of a rule, found by looking at every day since it began. Slow, and shares nothing with the model. */
function daysOf(rule: Rule, startDate: string, until: string): string[] {
  const start = Temporal.PlainDate.from(startDate)
  const monday = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 })
  const fits = (date: Temporal.PlainDate): boolean => {
    const days = start.until(date).days
    if (rule.frequency === 'DAILY') return days % rule.interval === 0
    const weekday: string = weekdayCodes[date.dayOfWeek - 1] ?? ''
    if (rule.frequency === 'WEEKLY') {
      const weeks = monday(start).until(monday(date)).days / 7
      const wanted: readonly (string | undefined)[] =
        rule.byDay.length > 0 ? rule.byDay : [weekdayCodes[start.dayOfWeek - 1]]
      return weeks % rule.interval === 0 && wanted.includes(weekday)
    }
    const months = (date.year - start.year) * 12 + date.month - start.month
    if (months % rule.interval !== 0) return false
    const nth = `${Math.ceil(date.day / 7)}${weekday}`
    const last = date.day + 7 > date.daysInMonth ? `-1${weekday}` : ''
    if (rule.byDay.length > 0) return rule.byDay.includes(nth) || rule.byDay.includes(last)
    const wanted = rule.byMonthDay.length > 0 ? rule.byMonthDay : [start.day]
    return wanted.includes(date.day) || (wanted.includes(-1) && date.day === date.daysInMonth)
  }
  const found: string[] = []
  for (let date = start; date.toString() <= until; date = date.add({ days: 1 })) {
    if ((rule.until && date.toString() > rule.until) || (rule.count && found.length >= rule.count)) break
    if (fits(date)) found.push(date.toString())
  }
  return found
}

/** When the clock on the wall first shows this on that day, or would have, had it not jumped; never on a day skipped. */
function instantOf(date: string, time: string, timeZone: string): number | null {
  const noon = Temporal.PlainDateTime.from(`${date}T12:00`).toZonedDateTime(timeZone)
  if (noon.toPlainDate().toString() !== date) return null
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).epochMilliseconds
}

const end = fc.oneof(
  fc.constant({ count: null, until: null }),
  fc.integer({ min: 1, max: 30 }).map((count) => ({ count, until: null })),
)
const base = { interval: fc.integer({ min: 1, max: 3 }), end }
const whole = ({
  end: over,
  ...rest
}: Omit<Rule, 'count' | 'until'> & { end: Pick<Rule, 'count' | 'until'> }): Rule => ({
  ...rest,
  ...over,
})
const nothing = fc.constant([] as never[])
const rules: fc.Arbitrary<Rule> = fc.oneof(
  fc
    .record({ ...base, frequency: fc.constant('DAILY' as const), byDay: nothing, byMonthDay: nothing })
    .map(whole),
  fc
    .record({
      ...base,
      frequency: fc.constant('WEEKLY' as const),
      byDay: fc.subarray([...weekdayCodes]),
      byMonthDay: nothing,
    })
    .map(whole),
  fc
    .record({
      ...base,
      frequency: fc.constant('MONTHLY' as const),
      byDay: fc.subarray(['1SU', '2TU', '4FR', '-1SU', '-1FR']),
      byMonthDay: nothing,
    })
    .map(whole),
)

const question = fc.record({
  rule: rules,
  occasion: fc.constantFrom(...occasions),
  before: fc.integer({ min: 0, max: 60 }),
  quarter: fc.oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 95 })),
  out: fc.subarray([-2, -1, 0, 1, 2]),
})
const clock = (quarter: number) =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`

const offer = {
  durationMinutes: 45,
  stepMinutes: 15,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 0,
  windowDays: 400,
  capacity: 5,
}

it('shows the times of a series where every day and clock says they are, and books just those', () => {
  let shown = 0
  fc.assert(
    fc.property(question, ({ rule, occasion: [timeZone, day], before, quarter, out }) => {
      const startDate = addDays(day, -before)
      const view = daysFrom(addDays(day, -3), 7)
      const exDates = out.map((n) => addDays(day, n))
      const recurrence: Recurrence = {
        rrule: formatRule(rule),
        startDate,
        time: clock(quarter),
        timeZone,
        exDates,
      }
      const slots = occurrencesOf(recurrence, view[0] as string, view.at(-1) as string).map((o) => ({
        id: o.date,
        startsAt: o.startsAt,
        endsAt: o.startsAt + 45 * MINUTE,
        capacity: 5,
        taken: 2,
        open: true,
      }))
      const now = toInstant(timeZone, addDays(day, -10), 0).instant
      const closed = { timeZone, weekly: {}, overrides: {} }
      const calendar = { rules: closed, offer, busy: [], slots, now }
      const found = availability({ ...calendar, startDate: view[0] as string, days: 7, timeZone })
      const meant = daysOf(rule, startDate, view.at(-1) as string)
        .filter((date) => date >= (view[0] as string) && !exDates.includes(date))
        .flatMap((date) => instantOf(date, clock(quarter), timeZone) ?? [])
      const starts = found.days.flatMap((d) => d.slots.map((s) => Date.parse(s.startTime)))
      shown += starts.length
      expect(starts).toEqual(meant)
      for (const at of meant) expect(isBookable(calendar, at, 3)).toMatchObject({ ok: true, seatsLeft: 3 })
    }),
    { numRuns: 150 },
  )
  expect(shown).toBeGreaterThan(50)
})

it('changed from a day on, has before it what it had, and after it what the change says', () => {
  const wantedOf = (recurrence: Recurrence, from: string, to: string): Wanted[] =>
    occurrencesOf(recurrence, from, to).map(({ date, startsAt }) => ({
      date,
      startsAt,
      endsAt: startsAt + 45 * MINUTE,
      capacity: 5,
      place: null,
    }))
  fc.assert(
    fc.property(
      question,
      rules,
      fc.integer({ min: 0, max: 40 }),
      ({ rule, occasion, quarter }, next, after) => {
        const [timeZone, startDate] = occasion
        const [from, last] = [addDays(startDate, after), addDays(startDate, 90)]
        const was: Recurrence = {
          rrule: formatRule(rule),
          startDate,
          time: clock(quarter),
          timeZone,
          exDates: [],
        }
        const to: Recurrence = {
          ...was,
          rrule: formatRule(next),
          startDate: from,
          time: clock((quarter + 5) % 96),
        }
        const standing = wantedOf(was, from, last).map((w) => ({ ...w, id: w.date, taken: 0, holds: [] }))
        const { same, changed, created, lost } = matchSlots(
          standing,
          wantedOf(to, from, last),
          periodOf(to.rrule),
        )
        const result = [...same, ...changed.map((c) => c.to), ...created].map((w) => w.startsAt)
        expect(result.sort((a, b) => a - b)).toEqual(wantedOf(to, from, last).map((w) => w.startsAt))
        expect(same.length + changed.length + lost.length).toBe(standing.length)
      },
    ),
    { numRuns: 150 },
  )
})
