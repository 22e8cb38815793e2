import { type Span, spansOf } from './zones'

export { canonicalZone, isZone, type Span, spansOf } from './zones'

/** An instant is a number: milliseconds since 1970 UTC. A day is 'YYYY-MM-DD'. A clock time is a minute of the day. */
export type PlainDate = string

export const MINUTE = 60_000
export const DAY = 86_400_000
/** The last instant a Date can hold: what never happens, happens then. */
export const FOREVER = 8_640_000_000_000_000

// Years outside these are typing errors, and keep every computed date at four digits.
const FIRST_YEAR = 1900
const LAST_YEAR = 2999

// Days

export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  return day !== undefined && dayExists(Number(year), Number(month), Number(day))
}

/** Days since 1970-01-01: the form to count with. */
export function dayNumber(date: PlainDate): number {
  if (!isDate(date)) throw new RangeError(`Not a date: ${date}`)
  return Date.parse(`${date}T00:00:00Z`) / DAY
}

export function dateOf(day: number): PlainDate {
  const known = dates.get(day)
  if (known) return known
  const date = new Date(day * DAY).toISOString().slice(0, 10)
  if (dates.size >= 20_000) dates.clear()
  dates.set(day, date)
  return date
}

export const addDays = (date: PlainDate, count: number): PlainDate => dateOf(dayNumber(date) + count)

export function daysFrom(date: PlainDate, count: number): PlainDate[] {
  const first = dayNumber(date)
  return Array.from({ length: count }, (_, index) => dateOf(first + index))
}

/** Both ends included. */
export const daysBetween = (first: PlainDate, last: PlainDate): PlainDate[] =>
  daysFrom(first, Math.max(0, dayNumber(last) - dayNumber(first) + 1))

/** Monday 1 to Sunday 7. */
export const weekday = (date: PlainDate): number => weekdayOf(dayNumber(date))
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

// Clock times

/** 'HH:MM' to the minute of the day; '24:00', the end of a day, is 1440. */
export function parseClock(text: string): number | undefined {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  if (minute === undefined) return text === '24:00' ? 1440 : undefined
  return Number(hour) * 60 + Number(minute)
}

export const formatClock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

// Instants

/** RFC 3339 in UTC, milliseconds only when there are any. */
export function formatInstant(instant: number): string {
  const day = Math.floor(instant / DAY)
  const rest = instant - day * DAY
  const minute = Math.floor(rest / MINUTE)
  const milliseconds = rest - minute * MINUTE
  if (milliseconds === 0) return `${dateOf(day)}T${CLOCK[minute]}:00Z`
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}

/** RFC 3339 with Z or an offset, to the millisecond. What the calendar does not have is refused, leap seconds too. */
export function parseInstant(text: string): number | undefined {
  const match =
    /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/.exec(
      text,
    )
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour, minute, second] = match.slice(1, 7).map(Number)
  if (!dayExists(year, month, day)) return undefined
  const [fraction = '', sign, hours, minutes] = match.slice(7)
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'))
  const offset = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0
  return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offset * MINUTE
}

// Zones

/** The stretches during which the clocks on the wall show one of these days: none when the zone skipped them. */
export function spansOfDays(zone: string, date: PlainDate, days: number): Span[] {
  const from = dayNumber(date) * DAY
  const until = from + days * DAY
  return spansOf(zone, from - DAY, until + DAY)
    .map(({ offset, ...span }) => ({
      from: Math.max(span.from, from - offset),
      until: Math.min(span.until, until - offset),
      offset,
    }))
    .filter((span) => span.from < span.until)
}

export function offsetAt(zone: string, instant: number): number {
  return spansOf(zone, instant, instant + 1)[0]?.offset ?? 0
}

/**
 * `exact`; or `gap`: clocks jumped over this time, so it moves on by the gap's length; or `fold`: clocks show it twice
 * and the first is meant, `later` being the other.
 */
export type Reading =
  | { clock: 'exact' | 'gap'; instant: number }
  | { clock: 'fold'; instant: number; later: number }

export function toInstant(zone: string, date: PlainDate, minute: number): Reading {
  const local = dayNumber(date) * DAY + minute * MINUTE
  const { spans, index, span } = firstReaching(zone, local)
  const instant = local - span.offset
  if (instant < span.from) return { clock: 'gap', instant: local - (spans[index - 1] ?? span).offset }
  const again = spans.slice(index + 1).find((other) => shows(other, local))
  return again ? { clock: 'fold', instant, later: local - again.offset } : { clock: 'exact', instant }
}

export type LocalTime = { date: PlainDate; minute: number; time: string; offset: string }

export function toLocal(zone: string, instant: number): LocalTime {
  const offset = offsetAt(zone, instant)
  const day = Math.floor((instant + offset) / DAY)
  const minute = Math.floor((instant + offset - day * DAY) / MINUTE)
  return { date: dateOf(day), minute, time: formatClock(minute), offset: formatOffset(offset) }
}

/** The first instant at which the zone's calendar has reached this day. */
export const startOfDay = (zone: string, date: PlainDate): number => startOf(zone, dayNumber(date))

/** From the day's first instant to the next day's; of no length when the zone skipped it. */
export function dayBounds(zone: string, date: PlainDate): { start: number; end: number } {
  const day = dayNumber(date)
  return { start: startOf(zone, day), end: startOf(zone, day + 1) }
}

/** The day the zone's calendar has reached. */
export function today(zone: string, now: number): PlainDate {
  const { date } = toLocal(zone, now)
  const next = dayNumber(date) + 1
  return startOf(zone, next) <= now ? dateOf(next) : date
}

// Inside

const dates = new Map<number, PlainDate>()
const two = (value: number): string => String(value).padStart(2, '0')
const CLOCK = Array.from({ length: 1440 }, (_, minute) => formatClock(minute))

function dayExists(year: number, month: number, day: number): boolean {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function formatOffset(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE)
  return `${offset < 0 ? '-' : '+'}${formatClock(minutes)}`
}

const shows = (span: Span, local: number): boolean =>
  local - span.offset >= span.from && local - span.offset < span.until

function startOf(zone: string, day: number): number {
  const { span } = firstReaching(zone, day * DAY)
  return Math.max(span.from, day * DAY - span.offset)
}

/** The first span whose clocks come to show `local` or jump past it. No offset reaches a day, so a day around is enough. */
function firstReaching(zone: string, local: number): { spans: Span[]; index: number; span: Span } {
  const spans = spansOf(zone, local - DAY, local + DAY)
  const index = spans.findIndex((span) => span.until + span.offset > local)
  const span = spans[index]
  if (!span) throw new RangeError(`Out of range: ${local}`)
  return { spans, index, span }
}
