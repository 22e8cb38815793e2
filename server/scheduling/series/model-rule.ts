import type { PlainDate } from '@/server/core/time'

export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY'] as const
export type Frequency = (typeof frequencies)[number]

/** Monday first. */
export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/** How a series repeats, by the calendar on the provider's wall: what an RRULE says of days, and nothing of hours. */
export type Rule = {
  frequency: Frequency
  interval: number
  /** Weekdays; of a month with their number before them, `2TU` or `-1FR`. None: the weekday it begins on. */
  byDay: readonly string[]
  /** Days of the month. None: the day it begins on. */
  byMonthDay: readonly number[]
  count: number | null
  /** The last day, itself included. */
  until: PlainDate | null
}

export const mostTimes = 999
export const mostInterval = 99

/** An RRULE's value, where it is one that we can keep to; null where it is not. */
export function parseRule(text: string): Rule | null {
  const parts = new Map<string, string>()
  for (const part of text.split(';')) {
    const [, name, value] = /^([A-Z]+)=([A-Z0-9,-]+)$/.exec(part) ?? []
    if (!name || !value || parts.has(name)) return null
    parts.set(name, value)
  }
  const take = (name: string): string | undefined => {
    const value = parts.get(name)
    parts.delete(name)
    return value
  }
  const frequency = frequencies.find((each) => each === parts.get('FREQ'))
  take('FREQ')
  const interval = whole(take('INTERVAL') ?? '1', mostInterval)
  const count = take('COUNT')
  const until = take('UNTIL')
  const byDay = take('BYDAY')?.split(',') ?? []
  const byMonthDay = take('BYMONTHDAY')?.split(',') ?? []
  if ((take('WKST') ?? 'MO') !== 'MO' || parts.size > 0) return null
  if (!frequency || !interval || (count && until)) return null
  const rule = {
    frequency,
    interval,
    byDay,
    byMonthDay: byMonthDay.map(Number),
    count: count ? whole(count, mostTimes) : null,
    until: until ? dateOf(until) : null,
  }
  if ((count && !rule.count) || (until && !rule.until)) return null
  return daysFit(rule) ? rule : null
}

const dayOf: Record<Frequency, RegExp> = {
  DAILY: /^(?!)/,
  WEEKLY: /^(MO|TU|WE|TH|FR|SA|SU)$/,
  MONTHLY: /^(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)$/,
}

function daysFit({ frequency, byDay, byMonthDay }: Rule): boolean {
  if (!byDay.every((day) => dayOf[frequency].test(day)) || new Set(byDay).size < byDay.length) return false
  if (byMonthDay.length > 0 && (frequency !== 'MONTHLY' || byDay.length > 0)) return false
  return byMonthDay.every((day) => Number.isInteger(day) && ((day >= 1 && day <= 31) || day === -1))
}

function whole(text: string, most: number): number | null {
  const value = Number(text)
  return /^[1-9]\d*$/.test(text) && value <= most ? value : null
}

function dateOf(text: string): PlainDate | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? []
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const date = `${year}-${month}-${day}`
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(date) ? date : null
}

/** The same rule in one spelling. */
export function formatRule(rule: Rule): string {
  const { frequency, interval, byDay, byMonthDay, count, until } = rule
  return [
    `FREQ=${frequency}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(byDay.length > 0 ? [`BYDAY=${byDay.join(',')}`] : []),
    ...(byMonthDay.length > 0 ? [`BYMONTHDAY=${byMonthDay.join(',')}`] : []),
    ...(count ? [`COUNT=${count}`] : []),
    ...(until ? [`UNTIL=${until.replaceAll('-', '')}`] : []),
  ].join(';')
}
