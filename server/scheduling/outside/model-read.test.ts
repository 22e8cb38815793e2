import fc from 'fast-check'
import ical, { type VEvent } from 'node-ical'
import { describe, expect, it, test } from 'vitest'
import { DAY, formatInstant } from '@/server/core/time'
import { readCalendar } from './model-read'

const from = Date.parse('2026-10-01')
const until = Date.parse('2027-11-01')
const zone = 'Europe/Berlin'

const file = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const entry = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:one@test', ...lines, 'END:VEVENT']
const follow = (text: string, asked = { from, until, zone }) => {
  const steps = readCalendar(text, asked)
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}
const read = (text: string, asked = { from, until, zone }) => {
  const reading = follow(text, asked)
  if (!reading.ok) throw new Error(reading.failure)
  const times = reading.busy.map((busy) => `${formatInstant(busy.from)}/${formatInstant(busy.until)}`)
  return { times: [...new Set(times)].sort(), leftOut: reading.leftOut, busy: reading.busy }
}
const timesOf = (...lines: string[]) => read(file(...entry(...lines))).times

describe('an entry', () => {
  test.each<[string, string[], string[]]>([
    [
      'in UTC',
      ['DTSTART:20261103T100000Z', 'DTEND:20261103T113000Z'],
      ['2026-11-03T10:00:00Z/2026-11-03T11:30:00Z'],
    ],
    [
      'in a zone by its name, without a description of it',
      ['DTSTART;TZID=America/New_York:20261103T100000', 'DURATION:PT45M'],
      ['2026-11-03T15:00:00Z/2026-11-03T15:45:00Z'],
    ],
    [
      'in a zone behind a path',
      ['DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261103T100000', 'DURATION:PT1H'],
      ['2026-11-03T09:00:00Z/2026-11-03T10:00:00Z'],
    ],
    [
      'by no clock in particular is by the provider’s',
      ['DTSTART:20261103T100000', 'DTEND:20261103T110000'],
      ['2026-11-03T09:00:00Z/2026-11-03T10:00:00Z'],
    ],
    [
      'in a zone that nobody knows is by the provider’s',
      ['DTSTART;TZID=Nowhere Time:20261103T100000', 'DTEND;TZID=Nowhere Time:20261103T110000'],
      ['2026-11-03T09:00:00Z/2026-11-03T10:00:00Z'],
    ],
    ['of a day', ['DTSTART;VALUE=DATE:20261025'], ['2026-10-24T22:00:00Z/2026-10-25T23:00:00Z']],
    [
      'of days, the last of which is the one before its end',
      ['DTSTART;VALUE=DATE:20261103', 'DTEND;VALUE=DATE:20261105'],
      ['2026-11-02T23:00:00Z/2026-11-04T23:00:00Z'],
    ],
    ['at a time that takes none', ['DTSTART:20261103T100000Z'], []],
    ['that is free time', ['DTSTART:20261103T100000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT'], []],
    ['that was cancelled', ['DTSTART:20261103T100000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'], []],
    [
      'that Outlook shows as free',
      ['DTSTART:20261103T100000Z', 'DURATION:PT1H', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'],
      [],
    ],
    [
      'with an alarm, which lasts otherwise',
      [
        'DTSTART:20261103T100000Z',
        'DURATION:PT1H',
        'BEGIN:VALARM',
        'TRIGGER:-PT10M',
        'DURATION:PT9H',
        'END:VALARM',
      ],
      ['2026-11-03T10:00:00Z/2026-11-03T11:00:00Z'],
    ],
    [
      'that began before and goes on is cut to what is asked',
      ['DTSTART:20260901T000000Z', 'DTEND:20261001T020000Z'],
      ['2026-10-01T00:00:00Z/2026-10-01T02:00:00Z'],
    ],
    ['that is over', ['DTSTART:20200901T000000Z', 'DTEND:20200901T020000Z'], []],
    ['that is far ahead', ['DTSTART:20400901T000000Z', 'DTEND:20400901T020000Z'], []],
  ])('%s', (_, lines, expected) => {
    expect(timesOf(...lines)).toEqual(expected)
  })
})

describe('an entry that comes again', () => {
  test.each<[string, string[], string[]]>([
    [
      'keeps its clock time when clocks change, without the days it leaves out',
      [
        'DTSTART;TZID=Europe/Berlin:20261022T100000',
        'DTEND;TZID=Europe/Berlin:20261022T110000',
        'RRULE:FREQ=DAILY;COUNT=5',
        'EXDATE;TZID=Europe/Berlin:20261023T100000',
      ],
      [
        '2026-10-22T08:00:00Z/2026-10-22T09:00:00Z',
        '2026-10-24T08:00:00Z/2026-10-24T09:00:00Z',
        '2026-10-25T09:00:00Z/2026-10-25T10:00:00Z',
        '2026-10-26T09:00:00Z/2026-10-26T10:00:00Z',
      ],
    ],
    [
      'leaves out one of many, whatever else it names',
      [
        'DTSTART:20261102T100000Z',
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;UNTIL=20261104T100000Z',
        'EXDATE:20261001T100000Z,20261001T110000Z,20261103T100000Z',
      ],
      ['2026-11-02T10:00:00Z/2026-11-02T11:00:00Z', '2026-11-04T10:00:00Z/2026-11-04T11:00:00Z'],
    ],
    [
      'leaves out a whole day',
      ['DTSTART:20261102T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;VALUE=DATE:20261102'],
      ['2026-11-03T10:00:00Z/2026-11-03T11:00:00Z'],
    ],
    [
      'comes on other days as well',
      ['DTSTART:20261102T100000Z', 'DURATION:PT1H', 'RDATE:20261110T120000Z'],
      ['2026-11-02T10:00:00Z/2026-11-02T11:00:00Z', '2026-11-10T12:00:00Z/2026-11-10T13:00:00Z'],
    ],
    [
      'of days, over a change of clocks',
      ['DTSTART;VALUE=DATE:20261018', 'RRULE:FREQ=WEEKLY;COUNT=2'],
      ['2026-10-17T22:00:00Z/2026-10-18T22:00:00Z', '2026-10-24T22:00:00Z/2026-10-25T23:00:00Z'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(timesOf(...lines)).toEqual(expected)
  })

  it.each([
    ['RRULE:FREQ=DAILY;INTERVAL=3', 3],
    ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH', 14],
    ['RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20261020T000000Z', 3],
  ])('keeps step over many years: %s', (rule, days) => {
    const first = Date.parse('1998-01-06T10:00:00Z')
    const found = timesOf('DTSTART:19980106T100000Z', 'DURATION:PT1H', rule)
    expect(found.length).toBeGreaterThan(4)
    const steps = found.map((times) => (Date.parse(times.split('/')[0] ?? '') - first) / DAY)
    expect(new Set(steps.map((step) => step % days))).toEqual(days === 14 ? new Set([0, 2]) : new Set([0]))
  })

  it('goes by what stands for one of its days, told by another clock', () => {
    const text = file(
      ...entry('DTSTART;TZID=Europe/Berlin:20261102T100000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'),
      ...entry('RECURRENCE-ID:20261103T090000Z', 'DTSTART:20261103T150000Z', 'DURATION:PT2H'),
      ...entry(
        'RECURRENCE-ID:20261104T090000Z',
        'DTSTART:20261104T090000Z',
        'DURATION:PT1H',
        'STATUS:CANCELLED',
      ),
    )
    expect(read(text).times).toEqual([
      '2026-11-02T09:00:00Z/2026-11-02T10:00:00Z',
      '2026-11-03T15:00:00Z/2026-11-03T17:00:00Z',
    ])
  })
})

const windows = [
  'BEGIN:VTIMEZONE',
  'TZID:Custom W. Europe',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
]

describe('a file', () => {
  it('brings the zones that only it knows', () => {
    const there = entry('DTSTART;TZID="Custom W. Europe":20261023T100000', 'DURATION:PT1H')
    const later = entry('DTSTART;TZID="Custom W. Europe":20261103T100000', 'DURATION:PT1H')
    expect(read(file(...windows, ...there, ...later), { from, until, zone: 'Asia/Tokyo' }).times).toEqual([
      '2026-10-23T08:00:00Z/2026-10-23T09:00:00Z',
      '2026-11-03T09:00:00Z/2026-11-03T10:00:00Z',
    ])
  })

  it('may tell stretches only, without entries', () => {
    const text = file(
      'BEGIN:VFREEBUSY',
      'FREEBUSY;FBTYPE=BUSY:20261103T100000Z/PT1H,20261104T100000Z/20261104T110000Z',
      'FREEBUSY;FBTYPE=FREE:20261105T100000Z/PT1H',
      'END:VFREEBUSY',
    )
    expect(read(text).times).toEqual([
      '2026-11-03T10:00:00Z/2026-11-03T11:00:00Z',
      '2026-11-04T10:00:00Z/2026-11-04T11:00:00Z',
    ])
  })

  it('says which of ours came back', () => {
    const bookingId = '01920000-0000-7000-8000-000000000001'
    const lines = ['BEGIN:VEVENT', `UID:${bookingId}@slotwise`, 'DTSTART:20261103T100000Z', 'DURATION:PT1H']
    expect(read(file(...lines, 'END:VEVENT')).busy).toMatchObject([{ booking: bookingId }])
  })

  it('is read whatever ends its lines, and counts what makes no sense', () => {
    const sense = entry('DTSTART:20261103T1000', ' 00Z', 'DURATION:PT1H', 'SUMMARY:told', '\t further')
    const none = entry('DTSTART:yesterday', 'DURATION:PT1H')
    for (const end of ['\r\n', '\n', '\r'])
      expect(read(`\uFEFF${file(...sense, ...none).replaceAll('\r\n', end)}`)).toMatchObject({
        times: ['2026-11-03T10:00:00Z/2026-11-03T11:00:00Z'],
        leftOut: 1,
      })
  })

  test.each([
    ['is a page', '<!doctype html><title>Sign in</title>'],
    ['is empty', ''],
    ['is a picture', 'BEGIN:VCALENDAR\r\n\u0000\u0001PNG'],
  ])('that %s is refused', (_, text) => {
    expect(follow(text)).toEqual({ ok: false, failure: 'not_a_calendar' })
  })

  test.each([
    [
      'comes every second',
      file(...entry('DTSTART:20200101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY')),
    ],
    [
      'has a hundred thousand entries',
      file(...Array.from({ length: 100_000 }, () => 'BEGIN:VEVENT\r\nEND:VEVENT')),
    ],
    [
      'is busy every minute',
      file(...entry('DTSTART:20261101T000000Z', 'DURATION:PT1M', 'RRULE:FREQ=MINUTELY')),
    ],
  ])('that %s is given up soon', { timeout: 30_000 }, (_, text) => {
    expect(follow(text)).toEqual({ ok: false, failure: 'too_many' })
  })

  it('can be left off at each of its entries, and each time that one comes', () => {
    const days = 'RRULE:FREQ=MONTHLY;BYDAY=-1FR;BYMONTHDAY=25,26,27,28,29,30,31'
    const often = Array.from({ length: 20 }, () => entry('DTSTART:20261030T100000Z', 'DURATION:PT1H', days))
    const text = file(...often.flat())
    expect([...readCalendar(text, { from, until, zone })].length).toBeGreaterThanOrEqual(20 * 12)
  })
})

/** Rules, each with days on which it can begin: the two disagree about a beginning that is none of its rule's. */
const rules = fc
  .record({
    rule: fc.constantFrom(
      ['DAILY', '', 1, 11, 28],
      ['WEEKLY', '', 1, 11, 28],
      ['WEEKLY', ';BYDAY=MO,WE', 5, 14, 28],
      ['WEEKLY', ';BYDAY=FR', 2, 16, 23],
      ['MONTHLY', '', 1, 11, 28],
      ['MONTHLY', ';BYDAY=2TU', 13, 13, 13],
      ['MONTHLY', ';BYDAY=-1SA', 31, 31, 31],
      ['YEARLY', '', 1, 11, 28],
    ),
    which: fc.integer({ min: 2, max: 4 }),
    interval: fc.integer({ min: 1, max: 3 }),
    end: fc.constantFrom('', ';COUNT=7', ';UNTIL=20270301T120000Z'),
    year: fc.constantFrom(2026, 2026, 2009),
  })
  .map(({ rule, which, interval, end, year }) => ({
    rule: `FREQ=${rule[0]};INTERVAL=${interval}${rule[1]}${end}`,
    day: Number(rule[which]),
    year: rule[1] ? 2026 : year,
  }))

test('another reader of such files finds the same', () => {
  const entries = fc.record({
    rules,
    tzid: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'),
    hour: fc.integer({ min: 4, max: 22 }),
    minutes: fc.integer({ min: 5, max: 180 }),
    skipped: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  })
  const two = (n: number) => String(n).padStart(2, '0')
  let compared = 0
  fc.assert(
    fc.property(entries, ({ rules: { rule, day, year }, tzid, hour, minutes, skipped }) => {
      const start = `${year}10${two(day)}T${two(hour)}0000`
      const lines = [`DTSTART;TZID=${tzid}:${start}`, `DURATION:PT${minutes}M`, `RRULE:${rule}`]
      const all = instancesOf(file(...entry(...lines)))
      const out = skipped === undefined ? undefined : all[skipped]
      const exdate = out ? [`EXDATE:${out.split('/')[0]?.replace(/[-:]/g, '')}`] : []
      const text = file(...entry(...lines, ...exdate))
      const expected = all.filter((each) => each !== out)
      compared += expected.length
      expect(read(text, { from: from - 2 * DAY, until, zone }).times.filter(inReach)).toEqual(expected)
    }),
    { numRuns: 100 },
  )
  expect(compared).toBeGreaterThan(500)
})

/** As the other one tells it, within what is asked. */
function instancesOf(text: string): string[] {
  const [event] = Object.values(ical.sync.parseICS(text)).filter(
    (part): part is VEvent => part?.type === 'VEVENT',
  )
  if (!event) throw new Error('no entry')
  return ical
    .expandRecurringEvent(event, { from: new Date(from - 2 * DAY), to: new Date(until) })
    .map(({ start, end }) => `${formatInstant(start.getTime())}/${formatInstant(end.getTime())}`)
    .filter(inReach)
    .sort()
}
/** What began before is cut here, and not told there. */
const inReach = (times: string) => times >= '2026-10-01' && times < '2027-10-01'
