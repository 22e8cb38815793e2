import { z } from 'zod'
import { isDate } from '@/server/core/time'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import { holidaysSchema, type Rules, rangesSchema, rulesSchema, weeklySchema } from './model-rules'

/** What can be changed of a provider's hours: the usual week, one day (null: as the week again), holidays, or all of it. */
export const changeFields = {
  week: { weekly: weeklySchema, place: placeSchema.nullable().optional() },
  day: { date: z.string().refine(isDate, 'is not a date'), ranges: rangesSchema.nullable() },
  holidays: { holidays: holidaysSchema.nullable() },
  all: { rules: rulesSchema },
}
export const changeSchema = z.union([
  z.strictObject(changeFields.week),
  z.strictObject(changeFields.day),
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
  const { [change.date]: _, ...others } = rules.overrides
  return { ...rules, overrides: change.ranges ? { ...others, [change.date]: change.ranges } : others }
}
