import { describe, expect, it } from 'vitest'
import { startOfDay, toLocal } from '@/server/core/time'
import { type Calendar, type Offer, type Range, rulesSchema } from './model'
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
