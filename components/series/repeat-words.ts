import { parseRule, type Rule, weekdayCodes } from '@/server/scheduling/series/model-rule'

const en = {
  daily: (n: number) => (n === 1 ? 'Every day' : `Every ${n} days`),
  weekly: (n: number, days: string) => (n === 1 ? `Every ${days}` : `Every ${n} weeks on ${days}`),
  monthly: (n: number, days: string) => (n === 1 ? `Every month ${days}` : `Every ${n} months ${days}`),
  onDay: (days: string) => `on day ${days}`,
  onLastDay: 'on the last day',
  onThe: (days: string) => `on the ${days}`,
  nth: { '1': 'first', '2': 'second', '3': 'third', '4': 'fourth', '-1': 'last' } as Record<string, string>,
  until: (date: string) => `until ${date}`,
}

const de: typeof en = {
  daily: (n) => (n === 1 ? 'Jeden Tag' : `Alle ${n} Tage`),
  weekly: (n, days) => (n === 1 ? `Jeden ${days}` : `Alle ${n} Wochen am ${days}`),
  monthly: (n, days) => (n === 1 ? `Jeden Monat ${days}` : `Alle ${n} Monate ${days}`),
  onDay: (days) => `am ${days}.`,
  onLastDay: 'am letzten Tag',
  onThe: (days) => `am ${days}`,
  nth: { '1': 'ersten', '2': 'zweiten', '3': 'dritten', '4': 'vierten', '-1': 'letzten' },
  until: (date) => `bis ${date}`,
}

type Repeating = { rrule: string; startDate: string; lastDate: string | null }

/** How something repeats, as people say it. */
export function describeRepeat(
  { rrule, startDate, lastDate }: Repeating,
  language: 'en' | 'de',
  locale: string,
): string {
  const rule = parseRule(rrule)
  if (!rule) return rrule
  const words = { en, de }[language]
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const often = oftenOf(rule, startDate, words, locale)
  return lastDate ? `${often}, ${words.until(day.format(Date.parse(lastDate)))}` : often
}

function oftenOf(rule: Rule, startDate: string, words: typeof en, locale: string): string {
  const { frequency, interval, byDay, byMonthDay } = rule
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  if (frequency === 'DAILY') return words.daily(interval)
  if (frequency === 'WEEKLY') {
    const codes = byDay.length > 0 ? byDay : [weekdayCodes[(new Date(startDate).getUTCDay() + 6) % 7] ?? 'MO']
    const sorted = weekdayCodes.filter((code) => codes.includes(code))
    return words.weekly(interval, list.format(sorted.map((code) => weekdayName(code, locale))))
  }
  if (byDay.length > 0) {
    const named = byDay.map((d) => `${words.nth[d.slice(0, -2)]} ${weekdayName(d.slice(-2), locale)}`)
    return words.monthly(interval, words.onThe(list.format(named)))
  }
  const days = byMonthDay.length > 0 ? byMonthDay : [Number(startDate.slice(8))]
  const plain = list.format(days.filter((d) => d > 0).map(String))
  return words.monthly(interval, days.includes(-1) ? words.onLastDay : words.onDay(plain))
}

const order: readonly string[] = weekdayCodes

/** The third of January 2000 was a Monday. */
export const weekdayName = (code: string, locale: string, style: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(
    Date.UTC(2000, 0, 3 + order.indexOf(code)),
  )
