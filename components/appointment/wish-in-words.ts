import type { Wish } from '@/server/booking/waitlist/model'
import type { WaitingWords } from './waiting-words'

/** A wish in words, by the place's clock. */
export function wishInWords(wish: Wish, words: WaitingWords, locale: string, zone: string): string {
  if (wish.kind === 'time')
    return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(
      Date.parse(wish.startTime),
    )
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' })
  const days =
    wish.weekdays.length === 7
      ? words.allDays
      : wish.weekdays.map((n) => weekday.format(Date.UTC(2024, 0, n))).join(', ')
  const hours =
    wish.fromMinute === 0 && wish.untilMinute === 24 * 60
      ? words.allHours
      : words.hours(clock.format(wish.fromMinute * 60_000), clock.format(wish.untilMinute * 60_000))
  const dates = `${day.format(Date.parse(wish.fromDate))} – ${day.format(Date.parse(wish.untilDate))}`
  return words.ruleText(days, hours, dates)
}
