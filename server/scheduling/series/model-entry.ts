import { isDate, type PlainDate, weekday } from '@/server/core/time'
import { countBefore, type Days } from './model-recurrence'
import {
  type Frequency,
  formatRule,
  mostInterval,
  mostTimes,
  parseRule,
  type Rule,
  weekdayCodes,
} from './model-rule'

/** What somebody can choose: not at all, or by which calendar. `keep` leaves a series as it repeats now. */
export const repeats = [
  'none',
  'keep',
  'daily',
  'weekly',
  'monthly-date',
  'monthly-weekday',
  'monthly-last',
] as const
export type Repeat = (typeof repeats)[number]
export const ends = ['never', 'on', 'after'] as const

type Get = (name: string) => string | null | undefined

const frequencyOf: Partial<Record<Repeat, Frequency>> = {
  daily: 'DAILY',
  weekly: 'WEEKLY',
  'monthly-date': 'MONTHLY',
  'monthly-weekday': 'MONTHLY',
  'monthly-last': 'MONTHLY',
}

/** A repetition as it was typed, beginning on a day; null where there is none, or none that could be understood. */
export function ruleFrom(
  get: Get,
  first: PlainDate,
): { rrule: string | null; wrong: Record<string, string> } {
  const repeat = repeats.find((each) => each === get('repeat')) ?? 'none'
  const frequency = frequencyOf[repeat]
  if (!frequency) return { rrule: null, wrong: {} }
  const wrong: Record<string, string> = {}
  const interval = whole(get('every') || '1', mostInterval)
  if (!interval) wrong.every = 'is not a number'
  const end = ends.find((each) => each === get('end')) ?? 'never'
  const until = (end === 'on' && get('until')) || null
  if (end === 'on' && (!until || !isDate(until) || until < first))
    wrong.until = 'is not a day after the first'
  const count = end === 'after' ? whole(get('times') ?? '', mostTimes) : null
  if (end === 'after' && !count) wrong.times = 'is not a number'
  const chosen = weekdayCodes.filter((code) => get(`on-${code}`))
  const rule: Rule = {
    frequency,
    interval: interval ?? 1,
    byDay: repeat === 'weekly' && chosen.length > 0 ? chosen : byDayOf(repeat, first),
    byMonthDay: repeat === 'monthly-date' ? [Number(first.slice(8))] : [],
    count,
    until,
  }
  return { rrule: Object.keys(wrong).length > 0 ? null : formatRule(rule), wrong }
}

/** A repetition as it would be typed; so many times means from one of its days on. */
export function entryOf(series: Days, from: PlainDate): Record<string, string> {
  const rule = parseRule(series.rrule)
  if (!rule) return {}
  const { frequency, interval, byDay, count, until } = rule
  const codes = byDay.length > 0 ? byDay : byDayOf('weekly', series.startDate)
  return {
    every: String(interval),
    end: count ? 'after' : until ? 'on' : 'never',
    ...(until ? { until } : {}),
    ...(count ? { times: String(Math.max(1, count - countBefore(series, from))) } : {}),
    ...Object.fromEntries(frequency === 'WEEKLY' ? codes.map((code) => [`on-${code}`, 'on']) : []),
  }
}

/** The weekday of a day; of a month, which one it is: the second Tuesday, `2TU`; a fifth is the last. */
function byDayOf(repeat: Repeat, first: PlainDate): string[] {
  const code = weekdayCodes[weekday(first) - 1] ?? 'MO'
  const nth = Math.ceil(Number(first.slice(8)) / 7)
  if (repeat === 'weekly') return [code]
  if (repeat === 'monthly-weekday') return [`${nth > 4 ? -1 : nth}${code}`]
  return repeat === 'monthly-last' ? [`-1${code}`] : []
}

function whole(text: string, most: number): number | null {
  const value = Number(text)
  return /^\s*[1-9]\d*\s*$/.test(text) && value <= most ? value : null
}
