import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refresher } from './live-queries'

let invalidated: unknown[] = []
let refresher: Refresher

beforeEach(() => {
  vi.useFakeTimers()
  invalidated = []
  const queries = new QueryClient()
  vi.spyOn(queries, 'invalidateQueries').mockImplementation(async (filters) => {
    invalidated.push(filters?.queryKey)
  })
  refresher = new Refresher(queries)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('many hints in a row read each query again once, a moment later', () => {
  for (let n = 0; n < 50; n++)
    refresher.add([
      ['times', 'a'],
      ['times', n % 2 ? 'b' : 'a'],
    ])
  vi.advanceTimersByTime(99)
  expect(invalidated).toEqual([])
  vi.advanceTimersByTime(301)
  expect(invalidated).toEqual([
    ['times', 'a'],
    ['times', 'b'],
  ])
  refresher.add([['times', 'a']])
  vi.advanceTimersByTime(400)
  expect(invalidated).toHaveLength(3)
})

test('a hidden page reads nothing until it is looked at', () => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'hidden' })
  vi.stubGlobal('document', page)
  refresher.add([['times', 'a']])
  vi.advanceTimersByTime(400)
  refresher.add([['times', 'b']])
  vi.advanceTimersByTime(60_000)
  expect(invalidated).toEqual([])
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  expect(invalidated).toEqual([
    ['times', 'a'],
    ['times', 'b'],
  ])
})
