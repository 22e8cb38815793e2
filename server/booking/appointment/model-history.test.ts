import { expect, it } from 'vitest'
import { isOvertaken, lastStep, lastTimed, undoneIn } from './model-history'

const staff = '01920000-0000-7000-8000-000000000001'
const client = 'appointment:1'
type Said = [action: string, second: number, by?: string, from?: number]

/** A booking's history: what was said, in which second, by whom, and from where on it was taken back. */
const history = (...all: Said[]) =>
  all.map(([action, second, by = client, sequence], n) => ({
    type: `booking.appointment.${action}.v1`,
    version: n + 1,
    recorded_at: new Date(second * 1000).toISOString(),
    actor_id: by,
    correlation_id: `second-${second}`,
    data: sequence === undefined ? {} : { sequence },
  }))
const born: Said[] = [
  ['created', 0],
  ['approval_requested', 0],
]

it('takes another time and the question it raises for one step, and nothing else', () => {
  const versions = (...all: Said[]) => lastStep(history(...born, ...all)).map(({ version }) => version)
  expect(versions()).toEqual([2])
  expect(versions(['rescheduled', 5, staff], ['approval_requested', 5, staff])).toEqual([3, 4])
  expect(versions(['rescheduled', 5, staff], ['approval_requested', 6, client])).toEqual([4])
  expect(versions(['confirmed', 5, staff], ['rescheduled', 5, staff])).toEqual([4])
})

it('knows what was taken back, of one event and of two', () => {
  const twice: Said[] = [
    ['confirmed', 1, staff],
    ['change_undone', 2, staff, 3],
    ['rescheduled', 3, staff],
    ['approval_requested', 3, staff],
    ['change_undone', 4, staff, 5],
  ]
  expect(undoneIn(history(...born, ...twice))).toEqual([3, 5, 6])
})

it('is overtaken by what was told before it, not by what may still be taken back or was', () => {
  const all = history(...born, ['confirmed', 0, staff], ['cancelled', 4])
  expect(isOvertaken(all, 3, 10_000)).toBe(true)
  const both = history(...born, ['confirmed', 0, staff], ['cancelled', 4, staff])
  expect(isOvertaken(both, 3, 10_000)).toBe(false)
  expect(isOvertaken(both, 3, 14_000)).toBe(true)
  expect(isOvertaken(both, 4, 14_000)).toBe(false)
  const back = history(
    ...born,
    ['confirmed', 0, staff],
    ['cancelled', 4, staff],
    ['change_undone', 5, staff, 4],
  )
  expect(isOvertaken(back, 3, 60_000)).toBe(false)
  expect(isOvertaken(all, 2, 60_000)).toBe(false)
  const pair: Said[] = [
    ['rescheduled', 1, staff],
    ['approval_requested', 1, staff],
  ]
  expect(isOvertaken(history(...born, ...pair), 3, 60_000)).toBe(false)
  expect(isOvertaken(history(...born, ...pair, ['declined', 2, staff]), 3, 60_000)).toBe(true)
  const came = history(...born, ['confirmed', 0, staff], ['completed', 4, staff])
  expect(isOvertaken(came, 3, 60_000)).toBe(false)
})

it('goes by the event that last said when it is', () => {
  expect(lastTimed(history(...born))).toBeNull()
  expect(lastTimed(history(...born, ['confirmed', 1, staff], ['rescheduled', 2], ['rescheduled', 3]))).toBe(5)
  expect(
    lastTimed(
      history(...born, ['confirmed', 1, staff], ['rescheduled', 2, staff], ['change_undone', 3, staff, 4]),
    ),
  ).toBe(3)
})
