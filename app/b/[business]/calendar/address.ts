import { addDays, dateOf, dayNumber, isDate, today, weekday } from '@/server/core/time'

export const views = ['day', 'week', 'month', 'agenda'] as const
export type View = (typeof views)[number]

export type Address = {
  view: View
  /** The day looked at, and the days around it that are shown. */
  date: string
  first: string
  days: number
  /** A provider; `all` for everybody. */
  who: string
  open?: string
  href: (change: Record<string, string>) => string
  earlier: string
  later: string
}

type Given = Record<string, string | undefined>

const agendaDays = 14

/** What the page's address asks for; where it does not say, what suits a phone or a desk. */
export function addressOf(path: string, given: Given, zone: string, now: number, phone: boolean): Address {
  const view = views.find((v) => v === given.view) ?? (phone ? 'day' : 'week')
  const date = given.date && isDate(given.date) ? given.date : today(zone, now)
  const kept = { view, date, ...(given.who ? { who: given.who } : {}) }
  const href = (change: Record<string, string>) =>
    `${path}?${new URLSearchParams(Object.entries({ ...kept, ...change }).filter(([, v]) => v))}`
  const step = (by: number) =>
    view === 'month' ? sameDay(date, by) : addDays(date, by * { day: 1, week: 7, agenda: agendaDays }[view])
  const shared = {
    view,
    date,
    who: given.who ?? '',
    open: given.open,
    href,
    earlier: step(-1),
    later: step(1),
  }
  if (view === 'week') return { ...shared, first: addDays(date, 1 - weekday(date)), days: 7 }
  if (view === 'agenda') return { ...shared, first: date, days: agendaDays }
  if (view === 'day') return { ...shared, first: date, days: 1 }
  const begins = `${date.slice(0, 7)}-01`
  const first = addDays(begins, 1 - weekday(begins))
  const weeks = Math.ceil((dayNumber(sameDay(begins, 1)) - dayNumber(first)) / 7)
  return { ...shared, first, days: weeks * 7 }
}

/** The same day of another month, or its last. */
function sameDay(date: string, by: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const begins = (months: number) => Math.floor(Date.UTC(year, months, 1) / 86_400_000)
  const target = month - 1 + by
  return dateOf(Math.min(begins(target) + day - 1, begins(target + 1) - 1))
}

/** Where somebody looks with a phone, as their browser says it. */
export const onPhone = (headers: Headers): boolean =>
  headers.get('sec-ch-ua-mobile') === '?1' || /\bMobi/.test(headers.get('user-agent') ?? '')
