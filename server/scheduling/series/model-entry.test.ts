import { expect, test } from 'vitest'
import { entryOf, ruleFrom } from './model-entry'

const from = (typed: Record<string, string>, first = '2026-06-09') => ruleFrom((name) => typed[name], first)

test.each([
  [{}, null],
  [{ repeat: 'none' }, null],
  [{ repeat: 'keep' }, null],
  [{ repeat: 'daily', every: '3' }, 'FREQ=DAILY;INTERVAL=3'],
  [{ repeat: 'weekly' }, 'FREQ=WEEKLY;BYDAY=TU'],
  [{ repeat: 'weekly', 'on-TU': 'on', 'on-FR': 'on', every: '2' }, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR'],
  [{ repeat: 'monthly-date', end: 'after', times: '6' }, 'FREQ=MONTHLY;BYMONTHDAY=9;COUNT=6'],
  [{ repeat: 'monthly-weekday' }, 'FREQ=MONTHLY;BYDAY=2TU'],
  [{ repeat: 'monthly-last', end: 'on', until: '2026-12-31' }, 'FREQ=MONTHLY;BYDAY=-1TU;UNTIL=20261231'],
  [{ repeat: 'weekly', end: 'never', until: 'whatever', times: 'x' }, 'FREQ=WEEKLY;BYDAY=TU'],
])('%j is %s', (typed, rrule) => expect(from(typed as Record<string, string>)).toEqual({ rrule, wrong: {} }))

test('a fifth weekday of its month is the last', () =>
  expect(from({ repeat: 'monthly-weekday' }, '2026-06-30').rrule).toBe('FREQ=MONTHLY;BYDAY=-1TU'))

test.each([
  ['every', { repeat: 'daily', every: '0' }],
  ['every', { repeat: 'daily', every: 'two' }],
  ['until', { repeat: 'daily', end: 'on', until: '2026-06-08' }],
  ['until', { repeat: 'daily', end: 'on' }],
  ['times', { repeat: 'daily', end: 'after', times: '1000' }],
])('says that %s is wrong', (field, typed) => {
  const { rrule, wrong } = from(typed as Record<string, string>)
  expect([rrule, Object.keys(wrong)]).toEqual([null, [field]])
})

test.each([
  ['FREQ=WEEKLY', { every: '1', end: 'never', 'on-TU': 'on' }],
  [
    'FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20261231',
    { every: '1', end: 'on', until: '2026-12-31', 'on-TU': 'on', 'on-FR': 'on' },
  ],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=6', { every: '2', end: 'after', times: '4', 'on-TU': 'on' }],
  ['FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=9', { every: '3', end: 'never' }],
])('%s is typed from its third time on as it is', (rrule, typed) => {
  const third = rrule.includes('INTERVAL=2') ? '2026-07-07' : '2026-06-23'
  expect(entryOf({ rrule, startDate: '2026-06-09' }, third)).toEqual(typed)
})

test('what was typed comes back as it was', () => {
  const rrule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;COUNT=6'
  const typed = { repeat: 'weekly', ...entryOf({ rrule, startDate: '2026-06-09' }, '2026-06-09') }
  expect(from(typed).rrule).toBe(rrule)
})
