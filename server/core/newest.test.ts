import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Newest } from './newest'

const most = { entries: 40, bytes: 64_000 }
const keeping = () => new Newest<Uint8Array>(most, (body) => body.byteLength)

test('neither many nor large answers take more than their share, and what was kept last is there', () => {
  const asked = fc.record({
    key: fc.integer({ min: 0, max: 99 }),
    bytes: fc.integer({ min: 0, max: 30_000 }),
  })
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 300 }), (all) => {
      const kept = keeping()
      const last = new Map<number, Uint8Array>()
      for (const { key, bytes } of all) {
        const body = new Uint8Array(bytes)
        kept.set(String(key), body)
        last.set(key, body)
        expect(kept.get(String(key))).toBe(body)
        expect(kept.size).toBeLessThanOrEqual(most.entries)
        expect(kept.bytes).toBeLessThanOrEqual(most.bytes)
      }
      const there = [...last].filter(([key]) => kept.get(String(key)))
      expect(there.every(([key, body]) => kept.get(String(key)) === body)).toBe(true)
      expect(there.length).toBe(kept.size)
      expect(there.reduce((sum, [, body]) => sum + body.byteLength, 0)).toBeLessThanOrEqual(kept.bytes)
    }),
  )
})

test('the oldest go first; what is kept anew is new', () => {
  const kept = keeping()
  for (let n = 0; n < 40; n++) kept.set(String(n), new Uint8Array(10))
  kept.set('0', new Uint8Array(20))
  kept.set('40', new Uint8Array(10))
  expect(kept.size).toBe(30)
  expect(['0', '40', '39'].every((key) => kept.get(key))).toBe(true)
  expect(['1', '2', '10'].some((key) => kept.get(key))).toBe(false)
})

test('what is larger than all that may be kept is not kept', () => {
  const kept = keeping()
  kept.set('a', new Uint8Array(10))
  kept.set('b', new Uint8Array(64_000))
  expect([kept.size, kept.get('b')]).toEqual([1, undefined])
})
