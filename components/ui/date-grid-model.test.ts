import { describe, expect, test } from 'vitest'
import { addMonths, clamp, dayAfterKey, startOfWeek, weeksOf } from './date-grid-model'

describe('the weeks of a month', () => {
  test('hold every day of it once, and whole weeks only', () => {
    for (let m = 1; m <= 12; m++)
      for (const weekStart of [1, 6, 7]) {
        const month = `2028-${String(m).padStart(2, '0')}`
        const days = weeksOf(month, weekStart).flat()
        const own = days.filter((day) => day.startsWith(month))
        expect(days.length % 7).toBe(0)
        expect(own).toHaveLength(new Date(Date.UTC(2028, m, 0)).getUTCDate())
        expect(new Set(days).size).toBe(days.length)
      }
  })

  test('begin on the day that people there begin with', () => {
    expect(weeksOf('2026-02', 1)[0]?.[0]).toBe('2026-01-26')
    expect(weeksOf('2026-02', 7)[0]?.[0]).toBe('2026-02-01')
    expect(weeksOf('2026-02', 7)).toHaveLength(4)
    expect(startOfWeek('2026-02-10', 6)).toBe('2026-02-07')
  })
})

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2026-01-15', -1, '2025-12-15'],
  ['2028-02-29', 12, '2029-02-28'],
])('%s and %i months is %s', (day, months, then) => {
  expect(addMonths(day, months)).toBe(then)
})

test.each([
  [{ key: 'ArrowRight' }, false, '2026-03-01'],
  [{ key: 'ArrowRight' }, true, '2026-02-27'],
  [{ key: 'ArrowUp' }, false, '2026-02-21'],
  [{ key: 'Home' }, false, '2026-02-23'],
  [{ key: 'End' }, false, '2026-03-01'],
  [{ key: 'PageDown' }, false, '2026-03-28'],
  [{ key: 'PageUp', shiftKey: true }, false, '2025-02-28'],
  [{ key: 'a' }, false, undefined],
])('%o leads on (right to left: %s) to %s', (press, rtl, then) => {
  expect(dayAfterKey(press, '2026-02-28', { weekStart: 1, rtl })).toBe(then)
})

test('a key never leads out of what can be booked', () => {
  expect(clamp('2026-01-01', '2026-02-01', '2026-03-01')).toBe('2026-02-01')
  expect(clamp('2026-04-01', '2026-02-01', '2026-03-01')).toBe('2026-03-01')
  expect(clamp('2026-02-05')).toBe('2026-02-05')
})
