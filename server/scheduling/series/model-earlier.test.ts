import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { addDays } from '@/server/core/time'
import { countedFrom, withEarlierDays } from './model-earlier'
import { matchSlots, periodOf } from './model-plan'
import { datesOf, type Recurrence } from './model-recurrence'
import { weekdayCodes } from './model-rule'

const of = (rrule: string, startDate: string, exDates: string[] = []): Recurrence => ({
  rrule,
  startDate,
  exDates,
  time: '18:00',
  timeZone: 'Europe/Berlin',
})
const weekly = (days: string, startDate: string, exDates?: string[]) =>
  of(`FREQ=WEEKLY;BYDAY=${days}`, startDate, exDates)
// A Tuesday; the series began a fortnight before.
const from = '2026-12-15'
const began = '2026-12-01'
const today = '2026-11-20'

describe('from a day on, on other days of the week', () => {
  const begins = (had: string, wanted: string, now = today) =>
    withEarlierDays(weekly(had, began), weekly(wanted, from), now).startDate

  test('an earlier one is that of the same week, while it lies ahead', () => {
    expect(begins('TU', 'MO')).toBe('2026-12-14')
    expect(begins('TU', 'MO', '2026-12-14')).toBe('2026-12-14')
    expect(begins('TU', 'MO', '2026-12-15')).toBe(from)
  })

  test('nothing comes before the day where nothing would be given up', () => {
    expect(begins('TU', 'TU')).toBe(from)
    expect(begins('TU', 'MO,TU')).toBe(from)
    expect(begins('TU', 'MO,FR')).toBe(from)
    expect(begins('TU,TH', 'MO,FR')).toBe('2026-12-14')
  })

  test('a day that the part before has stays with it, and so does one that was left out', () => {
    expect(begins('MO,TU', 'MO')).toBe(from)
    const out = withEarlierDays(weekly('TU', began), weekly('MO', from, ['2026-12-14', '2026-12-07']), today)
    expect(out).toMatchObject({ startDate: from, exDates: [] })
    const two = withEarlierDays(weekly('WE,TH,FR', began), weekly('MO,TU,WE', '2026-12-17'), today)
    expect(two).toMatchObject({ startDate: '2026-12-14', exDates: ['2026-12-16'] })
  })

  test('every other week stays that week; what is counted is counted from there', () => {
    const part = of('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=2', from)
    const moved = withEarlierDays(weekly('TU', began), part, today)
    expect(datesOf(moved, '2026-12-01', '2027-03-01')).toEqual(['2026-12-14', '2026-12-28'])
  })

  test('of a month likewise; a rule that names no day means the one it begins on', () => {
    const had = of('FREQ=MONTHLY;BYMONTHDAY=15', '2026-10-15')
    const third = withEarlierDays(had, of('FREQ=MONTHLY;BYMONTHDAY=3', from), today)
    expect(third.startDate).toBe('2026-12-03')
    expect(withEarlierDays(had, of('FREQ=MONTHLY', from), today).startDate).toBe(from)
    expect(withEarlierDays(weekly('TU', began), of('FREQ=DAILY', from), today).startDate).toBe(from)
  })
})

test.each([
  // The third of ten: eight are left, and stay eight on whatever days of the week.
  ['TU', 'TU', 10],
  ['TU', 'MO', 9],
  ['TU', 'FR', 10],
  ['MO,TU', 'MO,TU', 12],
])('so many from a day on: %s as %s counts those before', (had, wanted, count) => {
  const rrule = `FREQ=WEEKLY;BYDAY=${wanted}`
  expect(countedFrom(weekly(had, began), from, `${rrule};COUNT=8`)).toBe(`${rrule};COUNT=${count}`)
  expect(countedFrom(weekly(had, began), from, rrule)).toBe(rrule)
})

it('gives up no class while a day of its week is ahead and free', () => {
  const days = fc.subarray([...weekdayCodes], { minLength: 1 }).map((codes) => codes.join(','))
  const n = fc.integer({ min: 0, max: 13 })
  fc.assert(
    fc.property(days, days, n, n, (had, wanted, after, ahead) => {
      const start = '2026-11-30'
      const [since, now] = [addDays(start, 7 + after), addDays(start, 7 + Math.min(after, ahead))]
      const series = weekly(had, start)
      const part = withEarlierDays(series, weekly(wanted, since), now)
      const last = addDays(start, 27)
      const at = (date: string) => ({ date, startsAt: 0, endsAt: 1, capacity: 1, place: null })
      const standing = datesOf(series, since, last).map((d) => ({ ...at(d), id: d, taken: 0, holds: [] }))
      const to = datesOf(part, start, last)
      const before = datesOf(series, start, addDays(since, -1))
      const week = periodOf('FREQ=WEEKLY')
      const { lost, created } = matchSlots(standing, to.map(at), week)
      // Days before the part: none of the part before it, none gone, and none for nothing.
      const early = to.filter((date) => date < since)
      expect(early.filter((date) => before.includes(date) || date < now)).toEqual([])
      expect(created.filter(({ date }) => date < since)).toEqual([])
      const taken = new Set([...before, ...to])
      const free = datesOf({ ...part, startDate: start, exDates: [] }, now, last).filter((d) => !taken.has(d))
      for (const gone of lost) expect(free.map(week)).not.toContain(week(gone.date))
    }),
    { numRuns: 300 },
  )
})
