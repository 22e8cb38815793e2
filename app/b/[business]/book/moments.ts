import type { Time } from '@/components/ui/time-list'
import { day as dayField, instant } from '@/server/core/fields'
import { toLocal } from '@/server/core/time'
import type { OpenTime } from '@/server/scheduling/calendar/find-times'
import type { Place, Query } from './place'

export const dayIn = (locale: string) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

type How = {
  withDay?: boolean
  there: (clock: string) => string
  yours: (clock: string) => string
  /** How a place is called, where times differ by it. */
  placeName?: (place: string) => string | null
}

/** Times as they are shown: on site by the clock there, else by the reader's; with the other one where it differs. */
export function timesIn(
  { offer, zone, locale }: Place,
  times: readonly Omit<OpenTime, 'endTime'>[],
  how: How,
) {
  const clock = (timeZone: string) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  return times.map(({ startTime, seatsLeft, providerIds, place }): Time => {
    const at = Date.parse(startTime)
    const venue = offer.venues.find((v) => v.id === place)
    const there =
      venue?.timeZone ?? offer.providers.find((p) => p.id === providerIds[0])?.timeZone ?? offer.timeZone
    const [first, second] = venue ? [there, zone] : [zone, there]
    const label = clock(first).format(at)
    const other = clock(second).format(at)
    const years = new Set([at, Date.now()].map((t) => new Date(t).getUTCFullYear()))
    const day: Intl.DateTimeFormatOptions = {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      ...(years.size > 1 ? { year: 'numeric' } : {}),
      timeZone: first,
    }
    const where = place && how.placeName?.(place)
    return {
      at: startTime,
      ...(place ? { id: `${startTime} ${place}` } : {}),
      label,
      ...(how.withDay ? { day: new Intl.DateTimeFormat(locale, day).format(at) } : {}),
      ...(other === label ? {} : { second: venue ? how.yours(other) : how.there(other) }),
      ...(where ? { where } : {}),
      ...(seatsLeft > 1 ? { seats: { left: seatsLeft } } : {}),
    }
  })
}

const monthPattern = /^20\d\d-(0[1-9]|1[0-2])$/

type Wanted = Pick<Query, 'day' | 'startTime'>

/** The day that an address asks for, or that of the time it names: none that is over, or that nothing can be asked about. */
export function dayAsked({ day, startTime }: Wanted, now: string, zone: string): string | null {
  const at = instant.safeParse(String(startTime ?? '').split(' ')[0]).data
  const wanted = dayField.safeParse(at ? toLocal(zone, Date.parse(at)).date : day).data
  return wanted && wanted >= now ? wanted : null
}

/** The month to be shown: that of the day that is asked for, else the one that is; never one that is over. */
export function monthAsked(query: Wanted & Pick<Query, 'month'>, now: string, zone: string): string {
  const named = query.month && monthPattern.test(query.month) ? query.month : null
  const wanted = dayAsked(query, now, zone)?.slice(0, 7) ?? named
  return wanted && wanted >= now.slice(0, 7) ? wanted : now.slice(0, 7)
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
