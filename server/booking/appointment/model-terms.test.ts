import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areOthers, readTerms, shownTerms, termsField, termsFor, termsIn } from './model-terms'

const terms = fc.record({
  amount: fc.integer({ min: 0, max: 10_000_000 }),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  freeUntilHours: fc.integer({ min: 0, max: 1440 }),
  lateFeePercent: fc.integer({ min: 0, max: 100 }),
})
const form = (field: string | null) => ({ get: (name: string) => (name === 'terms' ? field : null) })

test('what a form carries is what its page showed', () => {
  fc.assert(
    fc.property(terms, (given) => {
      const read = termsIn(form(termsField(given)))
      expect(read).toEqual({ terms: given })
      expect(shownTerms.parse(read.terms)).toEqual(given)
      expect(readTerms(given)).toEqual(given)
    }),
  )
})

test('any part that differs makes them others; what was not said does not', () => {
  const now = termsFor({ amount: 5000, currency: 'EUR', freeUntilHours: 24, lateFeePercent: 50 }, 2)
  expect(now.amount).toBe(10_000)
  expect(areOthers(now, now)).toBe(false)
  expect(areOthers(now, {})).toBe(false)
  expect(areOthers(now, { amount: 10_000, currency: 'EUR' })).toBe(false)
  for (const other of [{ amount: 5000 }, { currency: 'USD' }, { freeUntilHours: 0 }, { lateFeePercent: 100 }])
    expect(areOthers(now, { ...now, ...other })).toBe(true)
})

test('a form that says nothing of terms, or nonsense, agrees to none it was not shown', () => {
  expect(termsIn(form(null))).toEqual({})
  expect(termsIn(form('5000'))).toEqual({})
  expect(shownTerms.safeParse(termsIn(form('x EUR 1 2')).terms).success).toBe(false)
  expect(readTerms({ amount: 1 })).toBeNull()
  expect(readTerms(undefined)).toBeNull()
})
