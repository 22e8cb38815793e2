import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accentOf, contrast } from './model-colour'

const rgb = (text: string) =>
  [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)) as [number, number, number]

test('whatever accent a business chose, what is written on it and in it can be read', () => {
  const byte = fc.integer({ min: 0, max: 255 })
  fc.assert(
    fc.property(byte, byte, byte, (...parts) => {
      const { fill, on, text, darkText } = accentOf(
        `#${parts.map((p) => p.toString(16).padStart(2, '0')).join('')}`,
      )
      expect(contrast(rgb(fill), rgb(on))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(rgb(text), [255, 255, 255])).toBeGreaterThanOrEqual(4.5)
      expect(contrast(rgb(darkText), [22, 28, 26])).toBeGreaterThanOrEqual(4.5)
    }),
  )
})

test('an accent that can be read already is left as it is, and one that is none becomes ours', () => {
  expect(accentOf('#0b6272').fill).toBe('#0b6272')
  for (const none of [null, '', 'red', '#12', 'url(x)', '#12345"'])
    expect(accentOf(none)).toEqual(accentOf('#0b6272'))
})
