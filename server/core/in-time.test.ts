import { expect, test } from 'vitest'
import { inTime, OutOfTime } from './in-time'

test('what takes too long is ended, though it never lets go', () => {
  let rounds = 0
  expect(() =>
    inTime(50, () => {
      for (;;) rounds++
    }),
  ).toThrow(OutOfTime)
  expect(rounds).toBeGreaterThan(0)
})

test('what is done in time is answered, and what fails fails as it is', () => {
  expect(inTime(1000, () => ({ answer: 42 }))).toEqual({ answer: 42 })
  const wrong = new RangeError('no')
  expect(() =>
    inTime(1000, () => {
      throw wrong
    }),
  ).toThrow(wrong)
})
