import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  DAY,
  dateOf,
  dayBounds,
  daysFrom,
  formatClock,
  MINUTE,
  offsetAt,
  spansOfDays,
  toInstant,
  toLocal,
} from './time'
import { allZones, canonicalZone, isZone, spansOf } from './zones'

const utc = (text: string) => Date.parse(text)
const HOUR = 60 * MINUTE
const soak = Boolean(process.env.SOAK)

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

describe('spans', () => {
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
