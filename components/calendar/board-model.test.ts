import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterMoves,
  clashesIn,
  type Day,
  instantOf,
  lanesOf,
  mayStandIn,
  minuteOf,
  type Shown,
  snap,
  within,
} from './board-model'

const hour = 3_600_000
const item = (id: string, from: number, to: number, over: Partial<Shown> = {}): Shown => ({
  id,
  kind: 'appointment',
  from,
  to,
  before: 0,
  after: 0,
  providerId: 'p',
  startsAt: from * 60_000,
  endsAt: to * 60_000,
  title: id,
  name: id,
  time: '',
  what: '',
  ...over,
})
const day = (key: string, items: Shown[]): Day => ({
  key,
  date: '2026-05-14',
  providerId: 'p',
  serviceIds: ['s'],
  midnight: 0,
  spans: [{ from: 0, until: 24 * hour, offset: 0 }],
  off: [],
  items,
})

describe('lanes', () => {
  test('what does not meet has the whole width', () => {
    expect([...lanesOf([item('a', 0, 60), item('b', 60, 120)]).values()]).toEqual([
      { lane: 0, of: 1 },
      { lane: 0, of: 1 },
    ])
  })

  test('a lane is used again once it is free', () => {
    const lanes = lanesOf([item('long', 0, 180), item('a', 0, 60), item('b', 60, 120)])
    expect([lanes.get('long'), lanes.get('a'), lanes.get('b')]).toEqual([
      { lane: 0, of: 2 },
      { lane: 1, of: 2 },
      { lane: 1, of: 2 },
    ])
  })

  test('two that meet never share one, whatever stands there', () => {
    const stretch = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 40 }))
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 20 }), (stretches) => {
        const items = stretches.map(([from, length], n) => item(String(n), from, from + length))
        const lanes = lanesOf(items)
        for (const a of items)
          for (const b of items)
            if (a.id !== b.id && a.from < b.to && b.from < a.to) {
              expect(lanes.get(a.id)?.lane).not.toBe(lanes.get(b.id)?.lane)
              expect(lanes.get(a.id)?.of).toBe(lanes.get(b.id)?.of)
            }
        for (const { lane, of } of lanes.values()) expect(lane).toBeLessThan(of)
      }),
    )
  })
})

describe('a day on which clocks go forward', () => {
  // Berlin, 29 March 2026: at 02:00 it is 03:00.
  const midnight = Date.parse('2026-03-29T00:00:00Z')
  const spans = [
    { from: midnight - hour, until: midnight + hour, offset: hour },
    { from: midnight + hour, until: midnight + 22 * hour, offset: 2 * hour },
  ]

  test('each minute of the wall has its instant, and back', () => {
    expect(instantOf({ midnight, spans }, 60)).toBe(Date.parse('2026-03-29T00:00:00Z'))
    expect(instantOf({ midnight, spans }, 180)).toBe(Date.parse('2026-03-29T01:00:00Z'))
    expect(minuteOf({ midnight, spans }, Date.parse('2026-03-29T08:00:00Z'))).toBe(600)
    expect(minuteOf({ midnight, spans }, Date.parse('2026-03-30T08:00:00Z'))).toBe(null)
  })

  test('what is skipped comes just after the gap', () => {
    expect(instantOf({ midnight, spans }, 150)).toBe(Date.parse('2026-03-29T01:00:00Z'))
  })

  test('the end of the day is the next midnight', () => {
    expect(instantOf({ midnight, spans }, 1440)).toBe(Date.parse('2026-03-29T22:00:00Z'))
  })
})

test('steps are counted from where the hours begin', () => {
  const off = [
    { from: 0, to: 500 },
    { from: 720, to: 780 },
    { from: 1020, to: 1440 },
  ]
  expect(snap(533, 30, off)).toBe(530)
  expect(snap(799, 45, off)).toBe(780)
  expect(snap(803, 45, off)).toBe(825)
  expect(snap(97, 15, off)).toBe(90)
  expect(snap(97, 15, [])).toBe(90)
})

test('nothing leaves its day', () => {
  expect(within({ from: -20, to: 40 })).toEqual({ from: 0, to: 60 })
  expect(within({ from: 1430, to: 1490 })).toEqual({ from: 1380, to: 1440 })
})

test('buffers of both count when two come close', () => {
  const stands = item('a', 600, 660, { after: 15 })
  const held = item('b', 0, 60, { before: 10 })
  const at = (from: number) =>
    clashesIn(day('d', [stands, held]), held, { from, to: from + 60 }).map((i) => i.id)
  expect(at(684)).toEqual(['a'])
  expect(at(685)).toEqual([])
  expect(at(540)).toEqual([])
})

test('what was moved stands where it was put, and nowhere else', () => {
  const days = [
    day('mon', [item('a', 600, 660), item('b', 700, 760)]),
    { ...day('tue', []), providerId: 'q' },
  ]
  const moved = afterMoves(days, new Map([['a', { key: 'tue', from: 720, to: 780, time: '12:00' }]]))
  expect(moved.map((d) => d.items.map((i) => i.id))).toEqual([['b'], ['a']])
  expect(moved[1]?.items[0]).toMatchObject({ from: 720, time: '12:00', providerId: 'q', startsAt: 12 * hour })
  expect(afterMoves(days, new Map())).toEqual(days)
})

test('a block may stand with anybody, an appointment with whoever offers what it is for', () => {
  const colleague = { providerId: 'q', serviceIds: ['s', 't'] }
  expect(mayStandIn(item('a', 0, 60, { kind: 'block' }), colleague)).toBe(true)
  expect(mayStandIn(item('a', 0, 60, { serviceId: 't' }), colleague)).toBe(true)
  expect(mayStandIn(item('a', 0, 60, { serviceId: 'u' }), colleague)).toBe(false)
  expect(mayStandIn(item('a', 0, 60, { serviceId: 'u' }), { providerId: 'p', serviceIds: [] })).toBe(true)
})
