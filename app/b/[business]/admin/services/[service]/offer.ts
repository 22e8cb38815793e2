import { parsePrice } from '@/server/business/service/model-price'
import { Wrong } from '@/server/forms'
import { ways } from '@/server/location/venue/model-place'

type Typed = { get(name: string): string | null | undefined }

/** An empty or crooked number is none, and the verb says so by the field's name. */
export function offerFrom(form: Typed, currency: string) {
  const amount = parsePrice(form.get('amount') ?? '', currency)
  if (amount === null) throw new Wrong({ amount: 'is not a price' })
  return {
    name: form.get('name') ?? '',
    description: form.get('description') ?? '',
    ...timesFrom(form),
    freeUntilHours: number(form, 'freeUntilHours'),
    lateFeePercent: number(form, 'lateFeePercent'),
    amount,
  }
}

/** What of it decides the times. */
export const timesFrom = (form: Typed) => ({
  durationMinutes: number(form, 'durationMinutes'),
  stepMinutes: number(form, 'stepMinutes'),
  bufferBeforeMinutes: number(form, 'bufferBeforeMinutes'),
  bufferAfterMinutes: number(form, 'bufferAfterMinutes'),
  noticeMinutes: number(form, 'noticeHours') * 60,
  windowDays: number(form, 'windowDays'),
  capacity: number(form, 'capacity'),
  ...wayFrom(form.get('given')),
})

const wayFrom = (typed: string | null | undefined) => {
  const given = ways.find((way) => way === typed)
  return given ? { given } : {}
}

const number = (form: Typed, name: string) => Number(form.get(name)?.trim() || Number.NaN)
