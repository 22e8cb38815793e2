import { addDays, type PlainDate } from '@/server/core/time'
import { periodOf } from './model-plan'
import { type Days, datesOf, type Recurrence } from './model-recurrence'
import { formatRule, mostTimes, parseRule } from './model-rule'

/**
 * A part of a series, which begins within a week (or a month), with earlier days of that week where its own classes
 * move there: as many as would else be given up, only days to come, and none that the part before it has.
 */
export function withEarlierDays(series: Recurrence, part: Recurrence, today: PlainDate): Recurrence {
  const from = part.startDate
  const later = { ...part, exDates: part.exDates.filter((date) => date >= from) }
  const rule = parseRule(part.rrule)
  // A rule that names no days means the day it begins on.
  if (!rule || rule.byDay.length + rule.byMonthDay.length === 0) return later
  const [first, last] = periodAround(part.rrule, from)
  const whole = { ...part, startDate: first, rrule: formatRule({ ...rule, count: null }) }
  const before = datesOf({ ...series, exDates: [] }, first, addDays(from, -1))
  const free = datesOf(whole, laterOf(first, today), addDays(from, -1)).filter(
    (date) => !before.includes(date),
  )
  const had = datesOf(series, from, last)
  const has = datesOf(whole, from, last)
  const givenUp = without(had, has).length - without(has, had).length
  const early = givenUp > 0 ? free.slice(-givenUp) : []
  const [begins] = early
  if (!begins) return later
  const between = datesOf({ ...whole, exDates: [] }, begins, addDays(from, -1))
  const out = [...part.exDates.filter((date) => date >= begins), ...without(between, early)]
  return { ...part, startDate: begins, exDates: [...new Set(out)].sort() }
}

/** So many times from one of its days on, as a rule for the whole of a series: it had those before as well. */
export function countedFrom(series: Days, from: PlainDate, rrule: string): string {
  const rule = parseRule(rrule)
  if (!rule?.count) return rrule
  const { startDate } = series
  const whole = { rrule: formatRule({ ...rule, count: null }), startDate, exDates: [] }
  const [first] = periodAround(rrule, from)
  const gone = datesOf(whole, startDate, addDays(first, -1))
  const had = datesOf({ ...series, exDates: [] }, first, addDays(from, -1))
  const kept = datesOf(whole, first, addDays(from, -1)).filter((date) => had.includes(date))
  return formatRule({ ...rule, count: Math.min(gone.length + kept.length + rule.count, mostTimes) })
}

const without = (dates: readonly PlainDate[], others: readonly PlainDate[]): PlainDate[] =>
  dates.filter((date) => !others.includes(date))

const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? b : a)

/** The first and the last day of the period in which a slot may move. */
function periodAround(rrule: string, date: PlainDate): [PlainDate, PlainDate] {
  const period = periodOf(rrule)
  const edge = (step: 1 | -1) => {
    let day = date
    while (period(addDays(day, step)) === period(date)) day = addDays(day, step)
    return day
  }
  return [edge(-1), edge(1)]
}
