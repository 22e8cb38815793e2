import { expect, test } from 'vitest'
import { parsePrice, typedPrice } from './model-price'

test.each([
  ['45', 'EUR', 4500],
  ['45,5', 'EUR', 4550],
  ['45.50', 'EUR', 4550],
  ['1 200', 'EUR', 120_000],
  ['', 'EUR', 0],
  ['1500', 'JPY', 1500],
  ['1500,5', 'JPY', null],
  ['45.505', 'EUR', null],
  ['-3', 'EUR', null],
  ['a lot', 'EUR', null],
])('%s in %s is %s', (text, currency, amount) => {
  expect(parsePrice(text, currency)).toBe(amount)
  if (amount !== null) expect(parsePrice(typedPrice(amount, currency), currency)).toBe(amount)
})
