import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dateOf,
  dayBounds,
  dayNumber,
  daysBetween,
  daysFrom,
  formatClock,
  formatInstant,
  isDate,
  MINUTE,
  offsetAt,
  parseClock,
  parseInstant,
  spansOf,
  spansOfDays,
  startOfDay,
  today,
  toInstant,
  toLocal,
  weekday,
} from './time'

const utc = (text: string) => Date.parse(text)
const HOUR = 60 * MINUTE
const _soak = Boolean(process.env.SOAK)

describe('days', () => {
  it.each(['2024-02-29', '2000-02-29', '1900-01-01', '2999-12-31', '2026-11-30'])('has a %s', (date) => {
    expect(isDate(date)).toBe(true)
  })

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '0000-01-01',
    '1899-12-31',
    '3000-01-01',
    '9999-12-31',
    '+002026-01-01',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '',
    '２０２６-01-01',
    '2026-01-01\n',
  ])('has no %j', (date) => {
    expect(isDate(date)).toBe(false)
    expect(() => dayNumber(date)).toThrow(RangeError)
  })

  it('counts across leap days and years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysFrom('2026-12-30', 3)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01'])
    expect(daysBetween('2026-03-28', '2026-03-30')).toEqual(['2026-03-28', '2026-03-29', '2026-03-30'])
    expect(daysBetween('2026-03-28', '2026-03-27')).toEqual([])
  })

  it('agrees with Temporal about every date and weekday', () => {
    const days = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber('2999-12-31') })
    fc.assert(
      fc.property(days, (day) => {
        const plain = Temporal.PlainDate.from('1970-01-01').add({ days: day })
        expect(dateOf(day)).toBe(plain.toString())
        expect(dayNumber(dateOf(day))).toBe(day)
        expect(weekday(dateOf(day))).toBe(plain.dayOfWeek)
      }),
    )
  })
})

describe('clock times', () => {
  it('reads the minutes of a day and its end', () => {
    expect(['00:00', '09:05', '23:59', '24:00'].map(parseClock)).toEqual([0, 545, 1439, 1440])
    expect([0, 545, 1439, 1440].map(formatClock)).toEqual(['00:00', '09:05', '23:59', '24:00'])
  })

  it.each(['24:01', '25:00', '9:00', '09:60', '0900', '-1:00', '09:00:00', ''])('refuses %j', (text) => {
    expect(parseClock(text)).toBeUndefined()
  })
})

describe('instants', () => {
  it('writes no milliseconds where there are none', () => {
    expect(formatInstant(utc('2026-03-29T01:00:00Z'))).toBe('2026-03-29T01:00:00Z')
    expect(formatInstant(utc('2026-03-29T01:00:07Z'))).toBe('2026-03-29T01:00:07Z')
    expect(formatInstant(utc('2026-03-29T01:00:00Z') + 5)).toBe('2026-03-29T01:00:00.005Z')
    expect(formatInstant(-1)).toBe('1969-12-31T23:59:59.999Z')
  })

  it.each([
    ['2026-03-29T01:00:00Z', '2026-03-29T01:00:00Z'],
    ['2026-03-29T01:00:00.5Z', '2026-03-29T01:00:00.500Z'],
    ['2026-03-29T01:00:00.123456789Z', '2026-03-29T01:00:00.123Z'],
    ['2026-03-29T01:00:00+05:45', '2026-03-28T19:15:00Z'],
    ['2026-03-28T23:30:00-09:30', '2026-03-29T09:00:00Z'],
    ['2026-03-29T01:00:00-00:00', '2026-03-29T01:00:00Z'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(utc(instant))
  })

  it.each([
    '2026-02-30T10:00:00Z',
    '2025-02-29T10:00:00Z',
    '2026-03-29T24:00:00Z',
    '2026-03-29T10:60:00Z',
    '2016-12-31T23:59:60Z',
    '2026-03-29T10:00:00',
    '2026-03-29T10:00Z',
    '2026-03-29 10:00:00Z',
    '2026-03-29T10:00:00+24:00',
    '2026-03-29T10:00:00+0200',
    '2026-03-29T10:00:00+02',
    '2026-03-29T10:00:00.Z',
    '2026-03-29T10:00:00Z[Europe/Berlin]',
    '20260329T100000Z',
    '1774778400000',
    '99999-01-01T00:00:00Z',
    '',
    '3000-01-01T00:00:00Z',
    '2026-03-29T10:00:00Z\n',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: utc('1900-01-01'), max: utc('2999-12-31') }), (instant) => {
        expect(parseInstant(formatInstant(instant))).toBe(instant)
        const smallestUnit = instant % 1000 === 0 ? 'second' : 'millisecond'
        expect(formatInstant(instant)).toBe(
          Temporal.Instant.fromEpochMilliseconds(instant).toString({ smallestUnit }),
        )
      }),
    )
  })
})

describe('clock changes', () => {
  it('moves a time in the gap on by the length of the gap', () => {
    expect(toInstant('Europe/Berlin', '2026-03-29', 150)).toEqual({
      clock: 'gap',
      instant: utc('2026-03-29T01:30:00Z'),
    })
    expect(toLocal('Europe/Berlin', utc('2026-03-29T01:30:00Z'))).toEqual({
      date: '2026-03-29',
      minute: 210,
      time: '03:30',
      offset: '+02:00',
    })
  })

  it('takes the first of two', () => {
    expect(toInstant('Europe/Berlin', '2026-10-25', 150)).toEqual({
      clock: 'fold',
      instant: utc('2026-10-25T00:30:00Z'),
      later: utc('2026-10-25T01:30:00Z'),
    })
  })

  it('is exact at the edges of both', () => {
    expect(toInstant('Europe/Berlin', '2026-03-29', 120).clock).toBe('gap')
    expect(toInstant('Europe/Berlin', '2026-03-29', 180)).toEqual({
      clock: 'exact',
      instant: utc('2026-03-29T01:00:00Z'),
    })
    expect(toInstant('Europe/Berlin', '2026-10-25', 120).clock).toBe('fold')
    expect(toInstant('Europe/Berlin', '2026-10-25', 180)).toEqual({
      clock: 'exact',
      instant: utc('2026-10-25T02:00:00Z'),
    })
  })

  it("knows Lord Howe's half hour", () => {
    expect(toInstant('Australia/Lord_Howe', '2026-10-04', 135)).toEqual({
      clock: 'gap',
      instant: utc('2026-10-03T15:45:00Z'),
    })
    expect(toLocal('Australia/Lord_Howe', utc('2026-10-03T15:45:00Z')).time).toBe('02:45')
    expect(toInstant('Australia/Lord_Howe', '2026-04-05', 105)).toMatchObject({ clock: 'fold' })
  })

  it('knows the day that Apia never had', () => {
    const { start, end } = dayBounds('Pacific/Apia', '2011-12-30')
    expect(start).toBe(utc('2011-12-30T10:00:00Z'))
    expect(end).toBe(start)
    expect(spansOfDays('Pacific/Apia', '2011-12-30', 1)).toEqual([])
    expect(toInstant('Pacific/Apia', '2011-12-30', 9 * 60)).toEqual({
      clock: 'gap',
      instant: utc('2011-12-30T19:00:00Z'),
    })
    expect(toLocal('Pacific/Apia', utc('2011-12-30T19:00:00Z'))).toMatchObject({
      date: '2011-12-31',
      time: '09:00',
    })
    expect(today('Pacific/Apia', start - 1)).toBe('2011-12-29')
    expect(today('Pacific/Apia', start)).toBe('2011-12-31')
  })

  it('counts an Irish winter as the exception it is', () => {
    expect(offsetAt('Europe/Dublin', utc('2026-01-15T12:00:00Z'))).toBe(0)
    expect(offsetAt('Europe/Dublin', utc('2026-07-15T12:00:00Z'))).toBe(HOUR)
    expect(toInstant('Europe/Dublin', '2026-10-25', 90)).toMatchObject({
      clock: 'fold',
      instant: utc('2026-10-25T00:30:00Z'),
    })
  })

  it('sets the clocks of Casablanca back for Ramadan', () => {
    const offsets = spansOf('Africa/Casablanca', utc('2024-01-01'), utc('2024-12-31')).map(
      (span) => span.offset / HOUR,
    )
    expect(offsets).toEqual([1, 0, 1])
  })

  it('bounds the first and the last day there are', () => {
    expect(dayBounds('UTC', '1900-01-01').start).toBe(utc('1900-01-01'))
    expect(dayBounds('UTC', '2999-12-31').end).toBe(utc('3000-01-01'))
  })

  it('begins a day without a midnight when it begins', () => {
    expect(startOfDay('America/Sao_Paulo', '2018-11-04')).toBe(utc('2018-11-04T03:00:00Z'))
    expect(toLocal('America/Sao_Paulo', utc('2018-11-04T03:00:00Z')).time).toBe('01:00')
  })

  it('keeps a day on its date when clocks fall back into the day before', () => {
    // Newfoundland until 2011: at 00:01 back to 23:01. Two stretches of the 6th, then the rest of the 7th.
    expect(spansOfDays('America/St_Johns', '2010-11-06', 1)).toHaveLength(2)
    expect(spansOfDays('America/St_Johns', '2010-11-07', 1)).toHaveLength(2)
    expect(today('America/St_Johns', utc('2010-11-07T02:40:00Z'))).toBe('2010-11-07')
  })
})
