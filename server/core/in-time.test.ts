import { expect, test } from 'vitest'
import { inTurns, OutOfTime } from './in-time'

const plenty = { turnMs: 1000, stepMs: 10_000, mostMs: 10_000 }

function* steps(count: number): Generator<number, string> {
  for (let n = 0; n < count; n++) yield n
  return 'done'
}

test('a step that takes too long is ended, though it never lets go', async () => {
  let rounds = 0
  const work = {
    next: (): IteratorResult<number, never> => {
      for (;;) rounds++
    },
  }
  await expect(inTurns({ ...plenty, stepMs: 50 }, work)).rejects.toThrow(OutOfTime)
  expect(rounds).toBeGreaterThan(0)
})

test('so is what lets go, but never ends', async () => {
  const work = steps(Number.POSITIVE_INFINITY)
  await expect(inTurns({ ...plenty, turnMs: 5, mostMs: 50 }, work)).rejects.toThrow(OutOfTime)
})

test('others get their turn in between', async () => {
  let turns = 0
  let going = true
  const other = () => {
    turns++
    if (going) setImmediate(other)
  }
  setImmediate(other)
  // Each step is a turn of its own.
  expect(await inTurns({ ...plenty, turnMs: 0 }, steps(100))).toBe('done')
  going = false
  expect(turns).toBeGreaterThanOrEqual(50)
})

test('what is done in time is answered, and what fails fails as it is', async () => {
  expect(await inTurns(plenty, steps(1000))).toBe('done')
  const wrong = new RangeError('no')
  const work = {
    next: (): IteratorResult<number, never> => {
      throw wrong
    },
  }
  await expect(inTurns(plenty, work)).rejects.toThrow(wrong)
})
