import type { Time } from '@/components/ui/time-list'
import type { OpenTime } from '@/server/scheduling/calendar/find-times'
import type { Place } from './place'

export const dayIn = (locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

type How = { withDay?: boolean; there: (clock: string) => string }

/** Times as they are shown: by the reader's clock, and by the place's where that is another. */
export function timesIn({ offer, zone, locale }: Place, times: readonly OpenTime[], { withDay, there }: How) {
  const clock = (timeZone: string) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: zone,
  })
  const yours = clock(zone)
  return times.map(({ startTime, seatsLeft, providerIds }): Time => {
    const at = Date.parse(startTime)
    const place = offer.providers.find((p) => p.id === providerIds[0])?.timeZone ?? offer.timeZone
    const label = yours.format(at)
    const local = clock(place).format(at)
    return {
      at: startTime,
      label,
      ...(withDay ? { day: day.format(at) } : {}),
      ...(local === label ? {} : { second: there(local) }),
      ...(seatsLeft > 1 ? { seats: { left: seatsLeft } } : {}),
    }
  })
}

/** The rest of a month from today on. */
export function spanOf(month: string, now: string): { startDate: string; days: number } {
  const first = `${month}-01`
  const startDate = first < now ? now : first
  const end = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1)
  return { startDate, days: Math.max(1, Math.round((end - Date.parse(startDate)) / 86_400_000)) }
}

/** The day on which weeks begin there: 1 is Monday, 7 Sunday. */
export function firstWeekday(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } }
  return known.getWeekInfo?.().firstDay ?? 1
}
