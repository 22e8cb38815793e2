import { describe, expect, it } from 'vitest'
import { dayNumber } from '@/server/core/time'
import { hoursOf, type Offer, offerSchema, type Range, rulesSchema, type WeeklyHours } from './model-rules'

const evening: Range[] = [['18:00', '20:00']]
const usual: WeeklyHours = { '4': [['09:00', '12:00']], '5': [['09:00', '12:00']], '6': [['09:00', '12:00']] }

const offer: Offer = {
  durationMinutes: 60,
  stepMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 0,
  windowDays: 60,
  capacity: 1,
}

describe('what a calendar may be told', () => {
  const rules = (weekly: unknown, overrides: unknown = {}, timeZone = 'Europe/Berlin') =>
    rulesSchema.safeParse({ timeZone, weekly, overrides }).success

  it('takes hours that make sense', () => {
    expect(rules({})).toBe(true)
    expect(
      rules({
        '1': [
          ['09:00', '12:00'],
          ['12:00', '24:00'],
        ],
        '7': [],
      }),
    ).toBe(true)
    expect(rules({}, { '2028-02-29': [['00:00', '00:01']] })).toBe(true)
  })

  it.each([
    ['ends before it begins', { '1': [['12:00', '09:00']] }],
    ['is empty', { '1': [['09:00', '09:00']] }],
    [
      'overlaps',
      {
        '1': [
          ['09:00', '12:00'],
          ['11:00', '13:00'],
        ],
      },
    ],
    [
      'is not sorted',
      {
        '1': [
          ['13:00', '14:00'],
          ['09:00', '10:00'],
        ],
      },
    ],
    ['begins at the end of the day', { '1': [['24:00', '24:00']] }],
    ['is no time', { '1': [['9:00', '10:00']] }],
    ['is no weekday', { '8': [['09:00', '10:00']] }],
    ['has three ends', { '1': [['09:00', '10:00', '11:00']] }],
    ['goes on for ever', { '1': Array.from({ length: 49 }, () => ['09:00', '10:00']) }],
  ])('refuses a range that %s', (_, weekly) => {
    expect(rules(weekly)).toBe(false)
  })

  it('refuses days and zones that are none', () => {
    expect(rules({}, { '2026-02-29': [] })).toBe(false)
    expect(rules({}, { tomorrow: [] })).toBe(false)
    expect(rules({}, {}, 'Europe/Atlantis')).toBe(false)
    expect(rules({}, {}, '+01:00')).toBe(false)
    expect(rulesSchema.safeParse({ timeZone: 'UTC', weekly: {}, overrides: {}, extra: 1 }).success).toBe(
      false,
    )
  })

  it('closes on holidays, unless the day has hours of its own', () => {
    const days = ['2026-12-25', '2026-12-26']
    const holidays = { region: 'DE-BE', days, through: '2029-12-31', open: ['12-31'] }
    const rules = { timeZone: 'Europe/Berlin', weekly: usual, overrides: { '2026-12-26': evening }, holidays }
    expect(rulesSchema.parse(rules)).toEqual(rules)
    const open = (date: string) => hoursOf(rulesSchema.parse(rules))(dayNumber(date))
    expect(['2026-12-24', ...days].map(open)).toEqual([[[540, 720]], [], [[1080, 1200]]])
  })

  it.each([
    { region: 'Germany' },
    { days: ['Christmas'] },
    { days: Array.from({ length: 401 }, () => '2026-12-25') },
    { through: 'soon' },
    { open: [''] },
  ])('refuses holidays with %o', (wrong) => {
    const holidays = { region: 'DE', days: [], through: '2029-12-31', open: [], ...wrong }
    const all = { timeZone: 'UTC', weekly: {}, overrides: {}, holidays }
    expect(rulesSchema.safeParse(all).success).toBe(false)
  })

  it('bounds an offer', () => {
    expect(offerSchema.safeParse(offer).success).toBe(true)
    for (const change of [
      { stepMinutes: 0 },
      { durationMinutes: 0.5 },
      { windowDays: 1e9 },
      { capacity: 0 },
    ]) {
      expect(offerSchema.safeParse({ ...offer, ...change }).success).toBe(false)
    }
  })
})
