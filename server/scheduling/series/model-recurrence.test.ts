import fc from 'fast-check'
import rrule from 'rrule'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it, test } from 'vitest'
import { addDays, dateOf, dayNumber, formatInstant } from '@/server/core/time'
import { countBefore, dateAfter, occurrencesOf, type Recurrence, ruleBefore } from './model-recurrence'
import { formatRule, frequencies, parseRule, type Rule, weekdayCodes } from './model-rule'

const { rrulestr } = rrule

const at = (rule: string, startDate: string, over: Partial<Recurrence> = {}): Recurrence => ({
  rrule: rule,
  startDate,
  time: '18:00',
  timeZone: 'Europe/Berlin',
  exDates: [],
  ...over,
})
const shown = (recurrence: Recurrence, from: string, to: string) =>
  occurrencesOf(recurrence, from, to).map(({ startsAt }) => formatInstant(startsAt))

describe('the clock on the wall', () => {
  test('stays the same over a change of the clocks', () => {
    expect(shown(at('FREQ=WEEKLY', '2026-10-20'), '2026-10-01', '2026-11-01')).toEqual([
      '2026-10-20T16:00:00Z',
      '2026-10-27T17:00:00Z',
    ])
  })

  test.each([
    ['jumped over: moves on', 'Europe/Berlin', '2026-03-28', '02:30', '2026-03-29T01:30:00Z'],
    ['shown twice: the first', 'Europe/Berlin', '2026-10-24', '02:30', '2026-10-25T00:30:00Z'],
    ['half an hour jumped', 'Australia/Lord_Howe', '2026-10-03', '02:15', '2026-10-03T15:45:00Z'],
    ['midnight jumped', 'America/Sao_Paulo', '2018-11-03', '00:00', '2018-11-04T03:00:00Z'],
  ])('%s', (_what, timeZone, startDate, time, second) => {
    const daily = at('FREQ=DAILY;COUNT=2', startDate, { timeZone, time })
    expect(shown(daily, startDate, addDays(startDate, 5))[1]).toBe(second)
  })

  test('a day that a zone skipped did not happen', () => {
    const daily = at('FREQ=DAILY', '2011-12-29', { timeZone: 'Pacific/Apia' })
    expect(occurrencesOf(daily, '2011-12-29', '2011-12-31').map(({ date }) => date)).toEqual([
      '2011-12-29',
      '2011-12-31',
    ])
  })
})

test('days left out are counted all the same', () => {
  const three = at('FREQ=DAILY;COUNT=3', '2026-06-01', { exDates: ['2026-06-02'] })
  expect(occurrencesOf(three, '2026-06-01', '2026-06-30').map((o) => o.date)).toEqual([
    '2026-06-01',
    '2026-06-03',
  ])
  expect(countBefore(three, '2026-06-03')).toBe(2)
  expect(dateAfter(three, '2026-06-01')).toBe('2026-06-03')
  expect(dateAfter(three, '2026-06-03')).toBeNull()
})

test.each([
  'FREQ=YEARLY',
  'FREQ=WEEKLY;BYDAY=1MO',
  'FREQ=MONTHLY;BYDAY=MO',
  'FREQ=MONTHLY;BYDAY=5MO',
  'FREQ=DAILY;BYDAY=MO',
  'FREQ=WEEKLY;BYDAY=MO,MO',
  'FREQ=MONTHLY;BYMONTHDAY=32',
  'FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=1MO',
  'FREQ=WEEKLY;COUNT=3;UNTIL=20260101',
  'FREQ=WEEKLY;COUNT=0',
  'FREQ=WEEKLY;INTERVAL=0',
  'FREQ=WEEKLY;UNTIL=20260231',
  'FREQ=WEEKLY;UNTIL=20260101T000000Z',
  'FREQ=WEEKLY;FREQ=DAILY',
  'FREQ=WEEKLY;WKST=SU',
  'FREQ=WEEKLY;BYHOUR=3',
  '',
])('refuses “%s”', (text) => expect(parseRule(text)).toBeNull())

const dates = fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2027-12-31') }).map(dateOf)
const some = <T>(from: readonly T[]) => fc.subarray([...from], { minLength: 0, maxLength: 4 })
const ordinals = weekdayCodes.flatMap((day) => [-1, 1, 2, 3, 4].map((n) => `${n}${day}`))
const rules: fc.Arbitrary<Rule> = fc.constantFrom(...frequencies).chain((frequency) =>
  fc
    .record({
      frequency: fc.constant(frequency),
      interval: fc.integer({ min: 1, max: 5 }),
      byDay:
        frequency === 'DAILY'
          ? fc.constant([])
          : some<string>(frequency === 'WEEKLY' ? weekdayCodes : ordinals),
      byMonthDay: frequency === 'MONTHLY' ? some([-1, 1, 15, 29, 30, 31]) : fc.constant([]),
      end: fc.oneof(
        fc.constant({ count: null, until: null }),
        fc.integer({ min: 1, max: 60 }).map((count) => ({ count, until: null })),
        dates.map((until) => ({ count: null, until })),
      ),
    })
    .map(({ end, byMonthDay, ...rest }) => ({
      ...rest,
      byMonthDay: rest.byDay.length > 0 ? [] : byMonthDay,
      ...end,
    })),
)

describe('for any rule', () => {
  it('has the days that another library finds', () => {
    let found = 0
    fc.assert(
      fc.property(rules, dates, dates, fc.integer({ min: 0, max: 500 }), (rule, startDate, from, days) => {
        const text = formatRule(rule)
        expect(parseRule(text)).toEqual(rule)
        const to = addDays(from, days)
        const other = rrulestr(
          `DTSTART:${startDate.replaceAll('-', '')}T000000Z\nRRULE:${text.replace(/(UNTIL=\d{8})/, '$1T000000Z')}`,
        )
          .between(new Date(from), new Date(to), true)
          .map((day) => day.toISOString().slice(0, 10))
        const utc = at(text, startDate, { timeZone: 'UTC', time: '00:00' })
        const own = occurrencesOf(utc, from, to).map(({ date }) => date)
        found += own.length
        expect(own).toEqual(other)
      }),
      { numRuns: 300 },
    )
    expect(found).toBeGreaterThan(500)
  })

  it('shows its hour wherever the clocks show it, in order', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kathmandu',
    ]
    fc.assert(
      fc.property(
        rules,
        dates,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 95 }),
        (rule, startDate, timeZone, quarter) => {
          const time = `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
          const found = occurrencesOf(
            at(formatRule(rule), startDate, { timeZone, time }),
            startDate,
            addDays(startDate, 300),
          )
          let before = Number.NEGATIVE_INFINITY
          for (const { date, startsAt } of found) {
            const meant = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone)
            expect(formatInstant(startsAt)).toBe(formatInstant(meant.epochMilliseconds))
            expect(startsAt).toBeGreaterThan(before)
            before = startsAt
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is the part before a day and the part from it on', () => {
    fc.assert(
      fc.property(rules, dates, fc.integer({ min: 0, max: 200 }), (rule, startDate, after) => {
        const whole = at(formatRule(rule), startDate)
        const split = addDays(startDate, after)
        const last = addDays(startDate, 400)
        const days = (r: Recurrence) => occurrencesOf(r, startDate, last).map(({ date }) => date)
        const early = days({ ...whole, rrule: ruleBefore(whole, split) })
        expect(early).toEqual(days(whole).filter((date) => date < split))
        expect(countBefore(whole, split)).toBe(early.length)
        const next = days(whole).find((date) => date > split)
        if (next) expect(dateAfter(whole, split)).toBe(next)
      }),
      { numRuns: 100 },
    )
  })
})
