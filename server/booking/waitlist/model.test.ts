import { expect, test } from 'vitest'
import { MINUTE } from '@/server/core/time'
import { offerEnd } from './model'

const HOUR = 60 * MINUTE
const now = Date.UTC(2026, 5, 1, 12)

test.each([
  ['an hour to decide', 24 * HOUR, 0, 60],
  ['no longer than it can be booked', 2 * HOUR, 90, 30],
  ['five minutes where notice is over already', 2 * HOUR, 150, 5],
  ['and never longer than until it begins', 3 * MINUTE, 0, 3],
])('an offer: %s', (_what, ahead, notice, minutes) => {
  expect((offerEnd(now + ahead, notice, now) - now) / MINUTE).toBe(minutes)
})
