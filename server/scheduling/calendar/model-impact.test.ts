import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { DAY, MINUTE } from '@/server/core/time'
import { type Calendar, isBookable, type Rules } from './model'
import { changedRules } from './model-change'
import { compareTimes, leftElsewhere, leftOutside, tooClose } from './model-impact'
import { type Range, rangesSchema } from './model-rules'

const now = Date.parse('2026-03-02T06:00:00Z')
const at = (clock: string, day = '2026-03-02') => Date.parse(`${day}T${clock}:00Z`)
const week = (ranges: Range[]) => ({ '1': ranges, '2': ranges, '3': ranges, '4': ranges, '5': ranges })
const rules = (ranges: Range[]): Rules => ({ timeZone: 'UTC', weekly: week(ranges), overrides: {} })
const calendar = (of: Rules, more: Partial<Calendar> = {}): Calendar => ({
  rules: of,
  offer: {
    durationMinutes: 60,
    stepMinutes: 60,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    noticeMinutes: 0,
    windowDays: 6,
    capacity: 1,
  },
  busy: [],
  slots: [],
  now,
  ...more,
})

test('an hour later: the first time of each day goes and another comes, day by day', () => {
  const impact = compareTimes(calendar(rules([['09:00', '12:00']])), calendar(rules([['10:00', '13:00']])))
  expect(impact).toMatchObject({ gained: 5, lost: 5 })
  expect(impact.days).toHaveLength(5)
  expect(impact.days[0]).toEqual({
    date: '2026-03-02',
    gained: ['2026-03-02T12:00:00Z'],
    lost: ['2026-03-02T09:00:00Z'],
    more: 0,
  })
})

test('a time that is taken anyway is not lost', () => {
  const taken = { id: 'a', startsAt: at('09:00'), endsAt: at('10:00'), status: 'booked' as const }
  const busy = [{ ...taken, from: taken.startsAt, to: taken.endsAt }]
  const before = calendar(rules([['09:00', '12:00']]), { busy })
  expect(compareTimes(before, { ...before, rules: rules([['10:00', '12:00']]) })).toMatchObject({ lost: 4 })
})

test('a longer window gains what lies behind the old one, a longer notice loses what is near', () => {
  const before = calendar(rules([['09:00', '10:00']]))
  const further = { ...before, offer: { ...before.offer, windowDays: 8 } }
  expect(compareTimes(before, further)).toMatchObject({ gained: 2, lost: 0 })
  const later = { ...before, offer: { ...before.offer, noticeMinutes: 6 * 60 } }
  expect(compareTimes(before, later)).toMatchObject({ gained: 0, lost: 1 })
})

test('a booking is left outside only where it was within', () => {
  const within = { id: 'within', startsAt: at('09:00'), endsAt: at('10:00') }
  const evening = { id: 'evening', startsAt: at('20:00'), endsAt: at('21:00') }
  const across = { id: 'across', startsAt: at('11:00'), endsAt: at('12:00') }
  const left = leftOutside(
    [within, evening, across],
    rules([['09:00', '12:00']]),
    rules([['10:00', '11:30']]),
  )
  expect(left.map((b) => b.id)).toEqual(['within', 'across'])
})

test('a closed day leaves its bookings outside, and as the week again it does not', () => {
  const usual = rules([['09:00', '12:00']])
  const closed = changedRules(usual, { date: '2026-03-02', ranges: [] })
  const booked = [{ startsAt: at('09:00'), endsAt: at('10:00') }]
  expect(leftOutside(booked, usual, closed)).toEqual(booked)
  expect(leftOutside(booked, closed, changedRules(closed, { date: '2026-03-02', ranges: null }))).toEqual([])
})

test('wider buffers reach the neighbours: those of the service are named, whoever stands next to them', () => {
  const busy = [
    ['a', '09:00', '10:00'],
    ['other', '10:15', '11:00'],
    ['b', '11:30', '12:00'],
    ['c', '12:10', '13:00'],
    ['d', '15:00', '16:00'],
  ].map(([id, from, to]) => {
    const [startsAt, endsAt] = [at(from as string), at(to as string)]
    return { id: id as string, startsAt, endsAt, from: startsAt, to: endsAt, status: 'booked' as const }
  })
  const { offer } = calendar(rules([]))
  const own = new Set(['a', 'b', 'c', 'd'])
  expect([...tooClose(busy, own, { ...offer, bufferAfterMinutes: 20 })].sort()).toEqual(['a', 'b', 'c'])
  expect(
    [...tooClose(busy, own, { ...offer, bufferBeforeMinutes: 6, bufferAfterMinutes: 6 })].sort(),
  ).toEqual(['b', 'c'])
  expect(tooClose(busy, own, offer).size).toBe(0)
})

const ranges = fc
  .uniqueArray(fc.integer({ min: 0, max: 24 }), { minLength: 0, maxLength: 6 })
  .map((hours) => hours.sort((a, b) => a - b))
  .map((hours) => hours.slice(0, hours.length - (hours.length % 2)))
  .map((hours) => {
    const clock = (h: number | undefined) => `${String(h).padStart(2, '0')}:00`
    return rangesSchema.parse(
      Array.from({ length: hours.length / 2 }, (_, n) => [clock(hours[2 * n]), clock(hours[2 * n + 1])]),
    )
  })

test('what is said to come and go is what can and cannot be booked, before and after', () => {
  fc.assert(
    fc.property(
      ranges,
      ranges,
      fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe'),
      fc.integer({ min: 0, max: 360 }),
      (a, b, timeZone, days) => {
        const moment = now + days * DAY
        const before = calendar({ ...rules(a), timeZone }, { now: moment })
        const after = calendar({ ...rules(b), timeZone }, { now: moment })
        const impact = compareTimes(before, after)
        let [gained, lost] = [0, 0]
        for (let time = moment - (moment % (30 * MINUTE)); time < moment + 9 * DAY; time += 30 * MINUTE) {
          const [was, is] = [isBookable(before, time).ok, isBookable(after, time).ok]
          if (is && !was) gained += 1
          if (was && !is) lost += 1
        }
        const listed = impact.days.flatMap((day) => [...day.gained, ...day.lost])
        expect({ gained: impact.gained, lost: impact.lost }).toEqual({ gained, lost })
        // A week is listed whole, and no day of it has more than is listed.
        expect(listed).toHaveLength(gained + lost)
      },
    ),
    { numRuns: 60 },
  )
})

describe('bookings that were told a place', () => {
  const a = '00000000-0000-7000-8000-0000000000a1'
  const b = '00000000-0000-7000-8000-0000000000b2'
  const rules = (place: string | undefined, usual?: string): Rules => ({
    timeZone: 'UTC',
    weekly: {},
    overrides: { '2026-06-01': [['09:00', '12:00', place] as Range] },
    place: usual,
  })
  const at = (place: string | null) => {
    const startsAt = Date.parse('2026-06-01T10:00:00Z')
    return { startsAt, endsAt: startsAt + 3_600_000, place }
  }
  const left = (place: string | null, before: Rules, after: Rules) =>
    leftElsewhere([at(place)], before, after).length

  it('are left elsewhere where the hours go to another one', () => {
    expect(left(a, rules(a), rules(b))).toBe(1)
    expect(left(a, rules(undefined, a), rules(undefined, b))).toBe(1)
    expect(left('online', rules('online'), rules(a))).toBe(1)
  })

  it('are not where nothing was told, nothing changes, or online needs no place', () => {
    expect(left(null, rules(a), rules(b))).toBe(0)
    expect(left(a, rules(undefined, a), rules(a))).toBe(0)
    expect(left('online', rules('online'), rules(undefined, a))).toBe(0)
    expect(left(b, rules(a), rules(a))).toBe(0)
    expect(left(a, rules(a), { ...rules(b), overrides: {} })).toBe(0)
  })
})
