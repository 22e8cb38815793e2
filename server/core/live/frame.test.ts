import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventFrame, helloFrame, joinFrames, pingFrame } from './frame'
import { comparePositions, endOfTransaction, formatPosition, parsePosition } from './position'
import { Stamps } from './stamps'
import { Listener } from './testing'

const at = { epoch: 1, xid: '745', pos: '12' }
const streamOf = (pieces: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

describe('positions', () => {
  const position = fc.record({
    epoch: fc.nat({ max: 5 }),
    xid: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
    pos: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
  })

  test('what is formatted is parsed again', () => {
    fc.assert(
      fc.property(position, (p) => {
        expect(parsePosition(formatPosition(p))).toEqual(p)
      }),
    )
  })

  test('nothing else is: whatever text comes, it is a position or null', () => {
    const whole = /^\d+\.\d+\.\d+$/
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.x -]{0,40}$/)), (given) => {
        if (!whole.test(given)) expect(parsePosition(given)).toBeNull()
      }),
    )
    for (const given of [
      '',
      '1.2',
      '1.2.3.4',
      '1.2.3\n',
      '-1.2.3',
      '1.2.3e4',
      '2147483648.1.1',
      `1.1.${2n ** 63n}`,
    ])
      expect(parsePosition(given)).toBeNull()
  })

  test('order is by epoch, transaction and position, as numbers', () => {
    const sorted = ['1.9.9', '1.9.10', '1.10.1', '1.100.1', '2.1.1'].map((p) => parsePosition(p))
    for (const [n, p] of sorted.entries())
      for (const [m, q] of sorted.entries())
        if (p && q) expect(Math.sign(comparePositions(p, q))).toBe(Math.sign(n - m))
    expect(comparePositions(endOfTransaction(1, 9n), { epoch: 1, xid: '9', pos: '999999' })).toBeGreaterThan(
      0,
    )
  })
})

describe('frames', () => {
  test('an event has its id, its name and one line of data', () => {
    expect(text(eventFrame('hint', { a: 'two\nlines' }, at))).toBe(
      'id: 1.745.12\nevent: hint\ndata: {"a":"two\\nlines"}\n\n',
    )
  })

  test('pings and hellos move the last id without being events; a hello before a replay does not', () => {
    expect(text(pingFrame(at))).toBe(': ping\nid: 1.745.12\n\n')
    expect(text(helloFrame(1500.4, at))).toBe('retry: 1500\n: hello\nid: 1.745.12\n\n')
    expect(text(helloFrame(1500, null))).toBe('retry: 1500\n: hello\n\n')
  })

  test('a reader makes the same of them however they were cut on the way', async () => {
    const events = [{ n: 1 }, { n: 2, words: 'a: b\n\nid: 9.9.9 ü€𝄞' }, { n: 3 }]
    const whole = joinFrames([
      helloFrame(1, null),
      ...events.map((e) => eventFrame('hint', e, at)),
      pingFrame(at),
    ])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: whole.length }), { maxLength: 8 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), whole.length]
        const pieces = edges.slice(1).map((end, n) => whole.subarray(edges[n], end))
        const listener = Listener.of(new Response(streamOf(pieces)))
        await listener.untilEnded()
        expect(listener.heard.map((h) => h.data)).toEqual(events)
      }),
    )
  })
})

describe('stamps', () => {
  test('rise for what was touched, and for nothing else', () => {
    const stamps = new Stamps()
    const [a, b] = [stamps.of('a'), stamps.of('b')]
    stamps.bump('a')
    expect(stamps.of('a')).toBeGreaterThan(a)
    expect(stamps.of('b')).toBe(b)
    stamps.bumpAll()
    expect(stamps.of('b')).toBeGreaterThan(b)
  })

  test('forget the oldest, yet a change is never taken for none', () => {
    const topic = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    fc.assert(
      fc.property(fc.array(fc.tuple(topic, fc.boolean()), { maxLength: 60 }), (steps) => {
        const stamps = new Stamps(2)
        const known = new Map<string, number>()
        for (const [name, look] of steps) {
          if (look) known.set(name, stamps.of(name))
          else {
            stamps.bump(name)
            if (known.has(name)) expect(stamps.of(name)).not.toBe(known.get(name))
            known.delete(name)
          }
        }
      }),
    )
  })
})
