import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { DAY, MINUTE } from '@/server/core/time'
import { addressFrom, apart, askedAt, difference, dueAfter, shortened } from './model'

describe('an address', () => {
  it.each([
    ['https://calendar.example.org/a.ics', 'https://calendar.example.org/a.ics'],
    ['  webcal://Calendar.Example.org/a.ics#top ', 'https://calendar.example.org/a.ics'],
    ['webcals://example.org/a', 'https://example.org/a'],
    ['http://example.org', 'http://example.org/'],
    ['https://me:pass@example.org/a.ics', 'https://me:pass@example.org/a.ics'],
    ['example.org/a.ics', null],
    ['file:///etc/passwd', null],
    ['ftp://example.org/a.ics', null],
    ['https://', null],
    ['', null],
    [`https://example.org/${'a'.repeat(2000)}`, null],
  ])('%s is asked for as %s', (typed, expected) => {
    expect(addressFrom(typed)).toBe(expected)
  })

  it('is told from others without being given away', () => {
    expect(shortened('https://me:pass@example.org/private-7f3a9c1d/basic.ics?key=42')).toBe(
      'example.org/…key=42',
    )
    expect(shortened('https://example.org/a.ics')).toBe('example.org')
  })
})

const spans = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 30 })), { maxLength: 12 })
  .map((all) => all.map(([from, length]) => ({ from, until: from + length })))
const minutesIn = (all: readonly { from: number; until: number }[]) =>
  new Set(all.flatMap(({ from, until }) => Array.from({ length: until - from }, (_, n) => from + n)))

describe('what is busy', () => {
  test('taken together covers the same time, in order and apart', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const found = apart(all) ?? []
        expect(minutesIn(found)).toEqual(minutesIn(all))
        for (const [n, span] of found.slice(1).entries())
          expect(span.from).toBeGreaterThan(found[n]?.until ?? Number.NaN)
      }),
    )
  })

  test('is more than anybody’s when it is thousands of stretches', () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => ({ from: i * 2, until: i * 2 + 1 }))
    expect(apart(many(5000))).toHaveLength(5000)
    expect(apart(many(5001))).toBeNull()
  })

  test('is afterwards what was said, and the same again is no change', () => {
    fc.assert(
      fc.property(spans, spans, fc.integer({ min: 0, max: 240 }), (before, after, now) => {
        const [was, is] = [apart(before) ?? [], apart(after) ?? []]
        expect(difference(is, is, now)).toBeNull()
        const change = difference(was, is, now)
        const ahead = (all: typeof was) => new Set([...minutesIn(all)].filter((at) => at >= now))
        if (!change) {
          expect(ahead(was)).toEqual(ahead(is))
          return
        }
        const gone = new Set(change.removed.map(({ from }) => from))
        const then = [...was.filter(({ from }) => !gone.has(from)), ...change.added]
        expect(then.sort((a, b) => a.from - b.from)).toEqual(is)
      }),
    )
  })
})

describe('how it is asked for', () => {
  test('the months ahead stay the same all month long', () => {
    const [first, last] = ['2026-11-01T00:00:00Z', '2026-11-30T23:59:00Z'].map((at) =>
      askedAt(Date.parse(at)),
    )
    expect(first?.until).toBe(last?.until)
    const now = Date.parse('2026-11-20T10:00:00Z')
    expect(askedAt(now).from).toBe(Date.parse('2026-11-19'))
    expect(askedAt(now).until - now).toBeGreaterThan(400 * DAY)
  })

  test('every ten minutes, and up to two hours apart while it fails', () => {
    const now = new Date('2026-11-20T10:00:00Z')
    const waits = [0, 1, 2, 3, 4, 5, 6, 1000].map(
      (n) => (dueAfter(now, n).getTime() - now.getTime()) / MINUTE,
    )
    expect(waits).toEqual([10, 10, 20, 40, 80, 120, 120, 120])
  })
})
