import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  allZones,
  canonicalZone,
  DAY,
  dateOf,
  dayBounds,
  dayNumber,
  daysBetween,
  daysFrom,
  formatClock,
  formatInstant,
  isDate,
  isZone,
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
const soak = Boolean(process.env.SOAK)

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

describe('zones', () => {
  it('knows each by its name of today', () => {
    expect(canonicalZone('europe/kiev')).toBe('Europe/Kyiv')
    expect(canonicalZone('Asia/Calcutta')).toBe('Asia/Kolkata')
    expect(canonicalZone('Asia/Kolkata')).toBe('Asia/Kolkata')
    expect(canonicalZone('GMT')).toBe('UTC')
    expect(canonicalZone('US/Pacific')).toBe('America/Los_Angeles')
  })

  it.each([
    '',
    'Europe',
    'Europe/Atlantis',
    '+02:00',
    '-08',
    'IST',
    'CST',
    'SystemV/EST5',
    'local',
    'x'.repeat(200),
  ])('refuses %j', (id) => {
    expect(isZone(id)).toBe(false)
    expect(() => canonicalZone(id)).toThrow(RangeError)
  })

  it('lists them all once, UTC among them, each under its own name', () => {
    const zones = allZones()
    expect(zones.length).toBeGreaterThan(400)
    expect(zones).toContain('UTC')
    expect(zones).toContain('Asia/Kolkata')
    expect(new Set(zones).size).toBe(zones.length)
    expect(zones.filter((zone) => canonicalZone(zone) !== zone)).toEqual([])
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

  it('covers any stretch without a hole', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allZones()),
        fc.integer({ min: utc('1990-01-01'), max: utc('2060-01-01') }),
        fc.integer({ min: 1, max: 900 * DAY }),
        (zone, from, length) => {
          const spans = spansOf(zone, from, from + length)
          expect(spans[0]?.from).toBe(from)
          expect(spans.at(-1)?.until).toBe(from + length)
          for (const [index, span] of spans.slice(1).entries()) {
            expect(span.from).toBe(spans[index]?.until)
            expect(span.offset).not.toBe(spans[index]?.offset)
          }
        },
      ),
      { numRuns: soak ? 5_000 : 60 },
    )
  })
})

describe('all zones, around every clock change from 2000 to 2040', () => {
  const notable = [
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Pacific/Apia',
    'Europe/Dublin',
    'America/St_Johns',
  ]
  const weekApart = ['America/Boa_Vista', 'America/Argentina/Tucuman', 'Asia/Gaza', 'Africa/Cairo', 'UTC']
  const zone = fc.constantFrom(...allZones())
  const runs = { numRuns: 25, examples: [...notable, ...weekApart].map((id): [string] => [id]) }
  const eachZone = (check: (zone: string) => void) =>
    soak ? allZones().forEach(check) : fc.assert(fc.property(zone, check), runs)
  const timeout = soak ? 600_000 : 30_000

  it('reads local times as Temporal does, and back', { timeout }, () => {
    eachZone((zone) => {
      for (const change of changesOf(zone)) {
        for (const local of localTimesAround(zone, change)) {
          const date = dateOf(Math.floor(local / DAY))
          const minute = Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE)
          const reading = toInstant(zone, date, minute)
          expect(reading, `${zone} ${date} ${formatClock(minute)}`).toEqual(
            readByTemporal(zone, date, minute),
          )
          if (reading.clock !== 'gap') expect(toLocal(zone, reading.instant)).toMatchObject({ date, minute })
          if (reading.clock === 'fold') expect(toLocal(zone, reading.later)).toMatchObject({ date, minute })
        }
      }
    })
  })

  it('turns every instant into the local time that leads back to it', { timeout }, () => {
    eachZone((zone) => {
      for (const change of changesOf(zone)) {
        for (const minutes of [-1500, -61, -31, -1, 0, 1, 29, 59, 60, 119, 1500]) {
          const instant = change + minutes * MINUTE
          const { date, minute, offset } = toLocal(zone, instant)
          const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
          expect(`${date} ${formatClock(minute)} ${offset}`).toBe(
            `${zoned.toPlainDate()} ${zoned.toPlainTime().toString({ smallestUnit: 'minute' })} ${zoned.offset}`,
          )
          const back = toInstant(zone, date, minute)
          expect(back.clock === 'fold' ? [back.instant, back.later] : [back.instant]).toContain(instant)
        }
      }
    })
  })

  it('begins and ends each day where Temporal does', { timeout }, () => {
    eachZone((zone) => {
      for (const change of changesOf(zone)) {
        const near = toLocal(zone, change).date
        for (const date of daysFrom(addDays(near, -2), 4)) {
          const start = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds
          expect(dayBounds(zone, date), `${zone} ${date}`).toEqual({
            start: start(date),
            end: start(addDays(date, 1)),
          })
          const shown = spansOfDays(zone, date, 1).flatMap(({ from, until }) => [from, until - 1])
          expect(new Set(shown.map((instant) => toLocal(zone, instant).date))).toEqual(
            new Set(shown.length ? [date] : []),
          )
        }
      }
    })
  })

  it('misses no change that Intl shows from one day to the next', { timeout }, () => {
    const from = utc('2000-01-01')
    const until = utc('2041-01-01')
    for (const zone of soak ? allZones() : [...weekApart, 'Africa/Casablanca']) {
      const offset = offsetByIntl(zone)
      const seen = new Set<number>()
      for (let at = from; at < until; at += DAY) seen.add(offset(at) === offsetAt(zone, at) ? 0 : at)
      for (const span of spansOf(zone, from, until)) {
        seen.add(offset(span.from) === span.offset && offset(span.until - 1) === span.offset ? 0 : span.from)
      }
      expect([zone, [...seen]]).toEqual([zone, [0]])
    }
  })
})

function changesOf(zone: string): number[] {
  const changes: number[] = []
  let at = Temporal.Instant.from('2000-01-01T00:00:00Z').toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= utc('2041-01-01')) return changes
    changes.push(next.epochMilliseconds)
    at = next
  }
}

function localTimesAround(zone: string, change: number): number[] {
  const readings = [change - 1, change].map((at) => Math.floor((at + offsetAt(zone, at)) / MINUTE) * MINUTE)
  const distances = [-1440, -720, -61, -60, -31, -30, -1, 0, 1, 29, 30, 45, 59, 60, 61, 720, 1440]
  return readings.flatMap((reading) => distances.map((minutes) => reading + minutes * MINUTE))
}

function readByTemporal(zone: string, date: string, minute: number) {
  const plain = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: minute })
  const [instant, later, compatible] = (['earlier', 'later', 'compatible'] as const).map(
    (disambiguation) => plain.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  )
  if (instant === later) return { clock: 'exact', instant }
  return compatible === instant ? { clock: 'fold', instant, later } : { clock: 'gap', instant: compatible }
}

function offsetByIntl(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
    hour: 'numeric',
  })
  return (instant) => {
    const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? ''
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? []
    return sign ? Number(`${sign}1`) * (Number(hours) * HOUR + Number(minutes) * MINUTE) : 0
  }
}
