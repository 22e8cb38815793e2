import { z } from 'zod'
import { currency } from '@/server/core/fields'
import type { Terms } from './model'

/** What somebody was shown before they booked, as far as they say so: for all places together, in minor units. */
export const shownTerms = z
  .strictObject({
    amount: z.int().min(0).max(10_000_000_000),
    currency,
    freeUntilHours: z.int().min(0).max(100_000),
    lateFeePercent: z.int().min(0).max(100),
  })
  .partial()
export type ShownTerms = z.output<typeof shownTerms>

/** What a refusal says they are now. */
export const readTerms = (said: unknown): Terms | null => shownTerms.required().safeParse(said).data ?? null

/** What so many places of a service cost now, and how they are called off. */
export const termsFor = (
  { amount, currency, freeUntilHours, lateFeePercent }: Terms,
  seats: number,
): Terms => ({
  amount: amount * seats,
  currency,
  freeUntilHours,
  lateFeePercent,
})

/** Other terms than those that were shown are not what was agreed to. */
export const areOthers = (terms: Terms, shown: ShownTerms): boolean =>
  (Object.keys(terms) as (keyof Terms)[]).some(
    (name) => shown[name] !== undefined && shown[name] !== terms[name],
  )

/** As a form carries them. */
export const termsField = (terms: Terms): string => Object.values(terms).join(' ')

export function termsIn(form: { get(name: string): string | null }): { terms?: ShownTerms } {
  const [amount, currency = '', freeUntilHours, lateFeePercent] = (form.get('terms') ?? '').split(' ')
  if (lateFeePercent === undefined) return {}
  const [price, hours, percent] = [amount, freeUntilHours, lateFeePercent].map(Number) as [
    number,
    number,
    number,
  ]
  return { terms: { amount: price, currency, freeUntilHours: hours, lateFeePercent: percent } }
}
