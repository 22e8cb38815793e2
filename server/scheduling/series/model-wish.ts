import { z } from 'zod'
import { id } from '@/server/core/fields'
import type { PlainDate } from '@/server/core/time'
import type { Where } from '@/server/location/venue/model-place'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import { mostSeats } from '../slot/model'
import { withEarlierDays } from './model-earlier'
import { countBefore, dateField, type Recurrence, recurrenceSchema, rruleField } from './model-recurrence'
import { formatRule, parseRule } from './model-rule'

const durationMinutes = z.int().min(5).max(1440)
const maxBookings = z.int().min(1).max(mostSeats)
const place = placeSchema.nullable()
const { startDate, time, exDates } = recurrenceSchema.shape

export const newSeriesSchema = z.strictObject({
  businessId: id,
  providerId: id,
  serviceId: id,
  rrule: rruleField,
  startDate,
  time,
  /** Days to leave out. */
  exDates: exDates.default([]),
  durationMinutes: durationMinutes.optional(),
  maxBookings: maxBookings.optional(),
  place: place.optional(),
})

/** Which series, and from which of its days on; without one, all that is still to come. */
export const partSchema = z.strictObject({ businessId: id, seriesId: id, from: dateField.optional() })

export const changesSchema = z
  .strictObject({ rrule: rruleField, time, exDates, durationMinutes, maxBookings, place })
  .partial()
export type Changes = z.output<typeof changesSchema>

/** What a series is to be, from a day on; or nothing any more. */
export type Wish<R = Recurrence | null> = {
  from: PlainDate
  /** The first day it wants: earlier than `from` where one of its classes moves to an earlier day of its week. */
  begins: PlainDate
  recurrence: R
  durationMinutes: number
  capacity: number
  place: Where | null
}

type Offered = { durationMinutes: number; capacity: number }

export const wishOfNew = (
  input: z.output<typeof newSeriesSchema>,
  service: Offered,
  { timeZone, place }: { timeZone: string; place: Where | null },
): Wish<Recurrence> => ({
  from: input.startDate,
  begins: input.startDate,
  recurrence: {
    rrule: input.rrule,
    startDate: input.startDate,
    time: input.time,
    timeZone,
    exDates: [...new Set(input.exDates)].sort(),
  },
  durationMinutes: input.durationMinutes ?? service.durationMinutes,
  capacity: input.maxBookings ?? service.capacity,
  place,
})

/** Before any day of a series. */
export const ever: PlainDate = '2000-01-01'

type Whole = Recurrence & Offered & { place: Where | null }

/** Days that were left out stay out: something else may stand there by now. */
export function wishOfChange(
  series: Whole,
  from: PlainDate | undefined,
  today: PlainDate,
  changes: Changes,
): Wish<Recurrence> {
  const part = from ? { startDate: from, rrule: restOf(series, from) } : {}
  const { timeZone, startDate, rrule, time } = { ...series, ...part }
  const exDates = [...new Set([...series.exDates, ...(changes.exDates ?? [])])].sort()
  const wanted = {
    timeZone,
    startDate,
    rrule: changes.rrule ?? rrule,
    time: changes.time ?? time,
    exDates,
  }
  const recurrence = from ? withEarlierDays(series, wanted, today) : wanted
  return {
    from: from ?? ever,
    begins: from ? recurrence.startDate : today,
    recurrence,
    durationMinutes: changes.durationMinutes ?? series.durationMinutes,
    capacity: changes.maxBookings ?? series.capacity,
    place: changes.place === undefined ? series.place : changes.place,
  }
}

/** The rule as it goes on from one of its days. What is counted is counted on. */
export function restOf(series: Recurrence, from: PlainDate): string {
  const rule = parseRule(series.rrule)
  if (!rule?.count) return series.rrule
  const count = Math.max(1, rule.count - countBefore(series, from))
  return formatRule({ ...rule, count })
}
