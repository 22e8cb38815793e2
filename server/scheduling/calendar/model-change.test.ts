import { expect, test } from 'vitest'
import { changedRules, changeSchema, specialSpans } from './model-change'
import type { Range, Rules } from './model-rules'

const short: Range[] = [['09:00', '12:00']]
const rules: Rules = { timeZone: 'Europe/Berlin', weekly: {}, overrides: { '2026-08-03': short } }

test('several days are set at once, and are as the week again at once', () => {
  const away = changedRules(rules, { date: '2026-08-02', through: '2026-08-04', ranges: [] })
  expect(away.overrides).toEqual({ '2026-08-02': [], '2026-08-03': [], '2026-08-04': [] })
  const back = changedRules(away, { date: '2026-08-03', through: '2026-08-09', ranges: null })
  expect(back.overrides).toEqual({ '2026-08-02': [] })
  expect(changedRules(rules, { date: '2026-08-03', ranges: null }).overrides).toEqual({})
})

test.each([
  ['2026-08-02', undefined, true],
  ['2026-08-02', '2026-08-02', true],
  ['2026-08-02', '2027-08-02', true],
  ['2026-08-02', '2027-08-03', false],
  ['2026-08-02', '2026-08-01', false],
  ['2026-08-02', 'later', false],
])('from %s through %s: %s', (date, through, fits) =>
  expect(changeSchema.safeParse({ date, through, ranges: [] }).success).toBe(fits),
)

test('days that follow each other and are alike are told as one', () => {
  const overrides = {
    '2026-08-05': short,
    '2026-08-01': [],
    '2026-08-02': [],
    '2026-08-03': [],
    '2026-08-04': short,
    '2026-08-07': short,
  }
  expect(specialSpans(overrides, '2026-08-02').map((s) => [s.date, s.through, s.ranges.length])).toEqual([
    ['2026-08-02', '2026-08-03', 0],
    ['2026-08-04', '2026-08-05', 1],
    ['2026-08-07', '2026-08-07', 1],
  ])
})
