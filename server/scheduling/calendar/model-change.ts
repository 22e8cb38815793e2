import { z } from 'zod'
import { addDays, dayNumber, daysBetween, isDate, type PlainDate } from '@/server/core/time'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import {
  holidaysSchema,
  type Range,
  type Rules,
  rangesSchema,
  rulesSchema,
  weeklySchema,
} from './model-rules'

const dateField = z.string().refine(isDate, 'is not a date')
const mostDays = 366

/** What can be changed of a provider's hours: the usual week, a day or several (null: as the week again), holidays, or all of it. */
export const changeFields = {
  week: { weekly: weeklySchema, place: placeSchema.nullable().optional() },
  day: { date: dateField, through: dateField.optional(), ranges: rangesSchema.nullable() },
  holidays: { holidays: holidaysSchema.nullable() },
  all: { rules: rulesSchema },
}

/** From a day through another, or that day alone. */
export const isSpan = ({ date, through = date }: { date: PlainDate; through?: PlainDate }): boolean =>
  isDate(date) && isDate(through) && through >= date && dayNumber(through) - dayNumber(date) < mostDays
export const wrongSpan = { path: ['through'], message: 'must be within a year after date' }

export const changeSchema = z.union([
  z.strictObject(changeFields.week),
  z.strictObject(changeFields.day).refine(isSpan, wrongSpan),
  z.strictObject(changeFields.holidays),
  z.strictObject(changeFields.all),
])
export type RulesChange = z.infer<typeof changeSchema>

/** The rules as they are to be; what was not changed stays as it is. */
export function changedRules(rules: Rules, change: RulesChange): Rules {
  if ('rules' in change) return change.rules
  if ('weekly' in change) {
    const { place: usual, ...others } = { ...rules, weekly: change.weekly }
    const place = change.place === undefined ? usual : change.place
    return place ? { ...others, place } : others
  }
  if ('holidays' in change) {
    const { holidays: _, ...others } = rules
    return change.holidays ? { ...others, holidays: change.holidays } : others
  }
  const { date, through = date, ranges } = change
  const overrides = { ...rules.overrides }
  for (const day of daysBetween(date, through)) {
    if (ranges) overrides[day] = ranges
    else delete overrides[day]
  }
  return { ...rules, overrides }
}

type Span = { date: PlainDate; through: PlainDate; ranges: readonly Range[] }

/** The special days from a day on, in order; those that follow each other and are alike as one. */
export function specialSpans(overrides: Rules['overrides'], first: PlainDate): Span[] {
  const spans: Span[] = []
  for (const date of Object.keys(overrides).sort()) {
    const ranges = overrides[date] ?? []
    const last = spans.at(-1)
    if (date < first) continue
    if (last && addDays(last.through, 1) === date && isSame(last.ranges, ranges)) last.through = date
    else spans.push({ date, through: date, ranges })
  }
  return spans
}

const isSame = (a: readonly Range[], b: readonly Range[]): boolean => JSON.stringify(a) === JSON.stringify(b)
