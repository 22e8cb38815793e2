import { RRuleTemporal } from 'rrule-temporal'
import { z } from 'zod'
import { addDays, dayBounds, isDate, isZone, type PlainDate, parseClock, toInstant } from '@/server/core/time'
import { formatRule, parseRule } from './model-rule'

export const dateField = z
  .string()
  .refine((s) => isDate(s) && s >= '2000-01-01' && s < '2200-01-01', 'is not a day')
export const rruleField = z
  .string()
  .max(200)
  .transform((text, context) => {
    const rule = parseRule(text)
    if (rule) return formatRule(rule)
    context.addIssue({ code: 'custom', message: 'is not a rule that we can keep to' })
    return z.NEVER
  })

/** When a series happens: days by its rule, the hour by the clock on the provider's wall. */
export const recurrenceSchema = z.strictObject({
  rrule: rruleField,
  startDate: dateField,
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day'),
  timeZone: z.string().max(64).refine(isZone, 'is not a time zone'),
  /** Days on which the series itself has no slot: left out, or with one that was changed on its own. */
  exDates: z.array(dateField).max(1000),
})
export type Recurrence = z.infer<typeof recurrenceSchema>

/** Of which days it is, whatever was left out. */
export type Days = Pick<Recurrence, 'rrule' | 'startDate'>

export type Occurrence = { date: PlainDate; startsAt: number }

/** Its days from one to another, both included. */
export function datesOf(
  { rrule, startDate, exDates }: Days & Pick<Recurrence, 'exDates'>,
  from: PlainDate,
  to: PlainDate,
): PlainDate[] {
  if (to < from) return []
  const out = new Set(exDates)
  return rule(rrule, startDate)
    .between(new Date(from), new Date(to), true)
    .map((at) => at.toPlainDate().toString())
    .filter((date) => !out.has(date))
}

/**
 * As instants. What the clocks jump over moves on by as much; of what they show twice the first is meant; a day that
 * the zone skipped did not happen.
 */
export function occurrencesOf(recurrence: Recurrence, from: PlainDate, to: PlainDate): Occurrence[] {
  const { time, timeZone } = recurrence
  const minute = parseClock(time) ?? 0
  return datesOf(recurrence, from, to)
    .filter((date) => {
      const { start, end } = dayBounds(timeZone, date)
      return start < end
    })
    .map((date) => ({ date, startsAt: toInstant(timeZone, date, minute).instant }))
}

/** The first of its days after another; null when there is none. */
export function dateAfter({ rrule, startDate, exDates }: Recurrence, after: PlainDate): PlainDate | null {
  const rules = rule(rrule, startDate)
  const out = new Set(exDates)
  for (let date = after; ; ) {
    const next = rules.next(new Date(date), false)?.toPlainDate().toString()
    if (!next || !out.has(next)) return next ?? null
    date = next
  }
}

/** The last of its days, where it has an end. */
export function lastDate({ rrule, startDate }: Recurrence): PlainDate | null {
  const whole = parseRule(rrule)
  if (!whole?.count && !whole?.until) return null
  return rule(rrule, startDate).all().at(-1)?.toPlainDate().toString() ?? null
}

/** How many of its days a rule has had before another day, left out or not. */
export const countBefore = (recurrence: Days, date: PlainDate): number =>
  datesOf({ ...recurrence, exDates: [] }, recurrence.startDate, addDays(date, -1)).length

/** Its rule without the days from one on. */
export function ruleBefore(recurrence: Recurrence, date: PlainDate): string {
  const whole = parseRule(recurrence.rrule)
  if (!whole) throw new Error(`not a rule: ${recurrence.rrule}`)
  const count = whole.count && countBefore(recurrence, date)
  if (count) return formatRule({ ...whole, count })
  const last = addDays(date, -1)
  return formatRule({ ...whole, count: null, until: whole.until && whole.until < last ? whole.until : last })
}

/** Counted in days of no zone, so that no clock has a say in which days they are. */
const rule = (rrule: string, startDate: PlainDate): RRuleTemporal =>
  new RRuleTemporal({
    rruleString: `DTSTART:${startDate.replaceAll('-', '')}T000000Z\nRRULE:${rrule.replace(/(UNTIL=\d{8})$/, '$1T000000Z')}`,
  })
