import { describe, expect, it } from 'vitest'
import { startOfDay, toLocal } from '@/server/core/time'
import { availability, type Calendar, isBookable, type Offer, type Range, rulesSchema } from './model'
import { reachOf, timesOf } from './model-times'

const offer: Offer = {
  durationMinutes: 30,
  stepMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 0,
  windowDays: 1,
  capacity: 1,
}

/** The times of one day by the clock on the provider's wall. */
function on(zone: string, date: string, hours: string, change: Partial<Offer> = {}): string {
  const ranges = hours.split(' ').map((range) => range.split('-') as Range)
  const rules = rulesSchema.parse({ timeZone: zone, weekly: {}, overrides: { [date]: ranges } })
  const now = startOfDay(zone, date)
  const calendar: Calendar = { rules, offer: { ...offer, ...change }, busy: [], slots: [], now }
  const times = [...timesOf(calendar, now, now + 2 * 86_400_000)]
  return times
    .map(({ startsAt }) => toLocal(zone, startsAt))
    .map(({ time, offset }) => `${time} ${offset}`)
    .join(', ')
}

describe('clock changes', () => {
  it('offers no time that the clocks skip', () => {
    expect(on('Europe/Berlin', '2026-03-29', '01:00-04:00')).toBe(
      '01:00 +01:00, 01:30 +01:00, 03:00 +02:00, 03:30 +02:00',
    )
    expect(on('Europe/Berlin', '2026-03-29', '02:00-03:00')).toBe('')
  })

  it('offers both of what the clocks show twice, in order', () => {
    expect(on('Europe/Berlin', '2026-10-25', '02:00-03:00 03:00-03:30')).toBe(
      '02:00 +02:00, 02:30 +02:00, 02:00 +01:00, 02:30 +01:00, 03:00 +01:00',
    )
  })

  it('measures durations in elapsed time', () => {
    expect(on('Europe/Berlin', '2026-03-29', '01:00-05:00', { durationMinutes: 180 })).toBe('01:00 +01:00')
    expect(on('Europe/Berlin', '2026-10-25', '01:00-03:00', { durationMinutes: 180 })).toBe('01:00 +02:00')
  })

  it("keeps to the clock's grid on both sides of half an hour", () => {
    expect(on('Australia/Lord_Howe', '2026-10-04', '01:00-05:00', { stepMinutes: 60 })).toBe(
      '01:00 +10:30, 03:00 +11:00, 04:00 +11:00',
    )
  })

  it('has nothing on a day that never was', () => {
    expect(on('Pacific/Apia', '2011-12-30', '00:00-24:00')).toBe('')
  })
})

describe('what has to be loaded', () => {
  it('is whatever reaches into a time with its buffers', () => {
    const buffered = { ...offer, durationMinutes: 60, bufferBeforeMinutes: 10, bufferAfterMinutes: 20 }
    const [from, until] = ['2026-06-01T09:00Z', '2026-06-01T10:00Z'].map((text) => Date.parse(text)) as [
      number,
      number,
    ]
    expect(reachOf(buffered, from, until)).toEqual({
      from: Date.parse('2026-06-01T08:30Z'),
      to: Date.parse('2026-06-01T11:30Z'),
    })
  })
})

describe('places', () => {
  const a = '00000000-0000-7000-8000-0000000000a1'
  const b = '00000000-0000-7000-8000-0000000000b2'
  const now = Date.parse('2026-06-01T00:00:00Z')
  const calendar = (ranges: Range[], change: Partial<Offer> = {}, usual?: string): Calendar => ({
    rules: rulesSchema.parse({
      timeZone: 'UTC',
      weekly: {},
      overrides: { '2026-06-01': ranges },
      place: usual,
    }),
    offer: { ...offer, durationMinutes: 60, ...change },
    busy: [],
    slots: [],
    now,
  })
  const times = (asked: Calendar) =>
    [...timesOf(asked, now, now + 86_400_000)].map(({ startsAt, place }) => {
      return `${toLocal('UTC', startsAt).time} ${place ?? ''}`.trim()
    })
  const morning: Range = ['09:00', '10:30', a]
  const noon: Range = ['10:30', '12:00', b]

  it('keeps a time at one place', () => {
    expect(times(calendar([morning, noon]))).toEqual([`09:00 ${a}`, `09:30 ${a}`, `10:30 ${b}`, `11:00 ${b}`])
    const [from, , to] = ['09:00', '10:30', '12:00']
    expect(
      times(
        calendar([
          [from, '10:30', a],
          ['10:30', to, a],
        ]),
      ),
    ).toContain(`10:00 ${a}`)
    expect(
      times(
        calendar(
          [
            [from, '10:30'],
            ['10:30', to, a],
          ],
          {},
          a,
        ),
      ),
    ).toContain(`10:00 ${a}`)
  })

  it('offers a service where it is given, and says why not elsewhere', () => {
    const week = calendar([morning, ['10:30', '12:00', 'online']], { given: 'online' })
    expect(times(week)).toEqual(['10:30 online', '11:00 online'])
    const at = (time: string) => isBookable(week, Date.parse(`2026-06-01T${time}Z`))
    expect(at('10:30')).toMatchObject({ ok: true, place: 'online' })
    expect(at('09:00')).toEqual({ ok: false, code: 'other_place' })
    expect(at('11:30')).toEqual({ ok: false, code: 'outside_hours' })
    expect(at('10:40')).toEqual({ ok: false, code: 'off_grid' })
  })

  it('hides a written slot that is elsewhere', () => {
    const slot = { id: 's', startsAt: now + 36e5, endsAt: now + 72e5, capacity: 5, taken: 0, open: true }
    const slots = [{ ...slot, place: a }]
    expect(times({ ...calendar([], { given: 'on_site' }), slots })).toEqual([`01:00 ${a}`])
    expect(times({ ...calendar([], { given: 'online' }), slots })).toEqual([])
    expect(isBookable({ ...calendar([], { given: 'online' }), slots }, slot.startsAt).ok).toBe(false)
  })

  it('says each time’s place to visitors, and nothing where none is told', () => {
    const view = { startDate: '2026-06-01', days: 1, timeZone: 'UTC' }
    const [day] = availability({ ...calendar([morning, ['11:00', '12:00']]), ...view }).days
    expect(day?.slots.map(({ place }) => place)).toEqual([a, a, undefined])
  })

  it('takes no stretch whose third part is not a place', () => {
    for (const place of ['', 'here', a.toUpperCase().replace('A', 'G'), 5, null])
      expect(
        rulesSchema.safeParse({ ...calendar([]).rules, weekly: { '1': [['09:00', '10:00', place]] } })
          .success,
      ).toBe(false)
  })
})
