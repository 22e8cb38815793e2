import { expect, test } from 'vitest'
import { describeRepeat } from './repeat-words'

test.each([
  ['FREQ=DAILY', null, 'Every day', 'Jeden Tag'],
  ['FREQ=DAILY;INTERVAL=3', null, 'Every 3 days', 'Alle 3 Tage'],
  ['FREQ=WEEKLY', null, 'Every Tuesday', 'Jeden Dienstag'],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,TU',
    '2026-12-24',
    'Every 2 weeks on Tuesday and Thursday, until 24 Dec 2026',
    'Alle 2 Wochen am Dienstag und Donnerstag, bis 24.12.2026',
  ],
  ['FREQ=MONTHLY', null, 'Every month on day 9', 'Jeden Monat am 9.'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', null, 'Every month on the last day', 'Jeden Monat am letzten Tag'],
  [
    'FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU,-1FR',
    null,
    'Every 2 months on the second Tuesday and last Friday',
    'Alle 2 Monate am zweiten Dienstag und letzten Freitag',
  ],
])('%s', (rrule, lastDate, english, german) => {
  const of = { rrule, lastDate, startDate: '2026-06-09' }
  expect([describeRepeat(of, 'en', 'en-GB'), describeRepeat(of, 'de', 'de-DE')]).toEqual([english, german])
})
