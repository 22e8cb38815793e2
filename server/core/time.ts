import { Temporal } from 'temporal-polyfill'

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

/** Is this the name of a zone? An offset such as '+02:00' is not: it does not know when its clocks change. */
export const isZone = (id: string): boolean => resolveZone(id) !== undefined

/** The name the zone goes by today, whatever the spelling or the age of the one given. Throws for what is none. */
export function canonicalZone(id: string): string {
  const zone = resolveZone(id)
  if (!zone) throw new RangeError(`Not a time zone: ${id}`)
  return zone
}

export const allZones = (): string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone').map(canonicalZone), 'UTC'])].sort()

/** A stretch of time in which a zone's clocks do not change. `offset` is what local time has over UTC. */
export type Span = { from: number; until: number; offset: number }

/** The spans that cover [from, until), cut to it, in order. Everything about clock changes follows from them. */
export function spansOf(zone: string, from: number, until: number): Span[] {
  const known = spansByZone(canonicalZone(zone))
  const spans: Span[] = []
  for (let at = Math.floor(from / CHUNK); at * CHUNK < until; at++) {
    for (const span of known(at)) {
      const cut = { from: Math.max(span.from, from), until: Math.min(span.until, until), offset: span.offset }
      const last = spans.at(-1)
      if (cut.from >= cut.until) continue
      if (last?.offset === cut.offset) last.until = cut.until
      else spans.push(cut)
    }
  }
  return spans
}

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
export function startOfDay(zone: string, date: PlainDate): number {
  const local = dayNumber(date) * DAY
  const { span } = firstReaching(zone, local)
  return Math.max(span.from, local - span.offset)
}

/** From the day's first instant to the next day's; of no length when the zone skipped it. */
export const dayBounds = (zone: string, date: PlainDate): { start: number; end: number } => ({
  start: startOfDay(zone, date),
  end: startOfDay(zone, addDays(date, 1)),
})

/** The day the zone's calendar has reached. */
export function today(zone: string, now: number): PlainDate {
  const { date } = toLocal(zone, now)
  const next = addDays(date, 1)
  return startOfDay(zone, next) <= now ? next : date
}

// Inside

const CHUNK = 400 * DAY
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

/** The first span whose clocks come to show `local` or jump past it. No offset reaches a day, so a day around is enough. */
function firstReaching(zone: string, local: number): { spans: Span[]; index: number; span: Span } {
  const spans = spansOf(zone, local - DAY, local + DAY)
  const index = spans.findIndex((span) => span.until + span.offset > local)
  const span = spans[index]
  if (!span) throw new RangeError(`Out of range: ${local}`)
  return { spans, index, span }
}

const zones = new Map<string, string | undefined>()
const chunks = new Map<string, Map<number, Span[]>>()
let chunkCount = 0

function spansByZone(zone: string): (chunk: number) => Span[] {
  return (chunk) => {
    const known = chunks.get(zone)?.get(chunk)
    if (known) return known
    if (++chunkCount > 20_000) {
      chunks.clear()
      chunkCount = 1
    }
    const spans = loadSpans(zone, chunk * CHUNK, (chunk + 1) * CHUNK)
    const byChunk = chunks.get(zone) ?? new Map<number, Span[]>()
    chunks.set(zone, byChunk.set(chunk, spans))
    return spans
  }
}

/** The one place that asks for clock changes: 400 days of a zone at a time, so a slot never has to. */
function loadSpans(zone: string, from: number, until: number): Span[] {
  const spans: Span[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  for (;;) {
    const change = at.getTimeZoneTransition('next')
    const end = Math.min(change?.epochMilliseconds ?? until, until)
    spans.push({ from: at.epochMilliseconds, until: end, offset: at.offsetNanoseconds / 1_000_000 })
    if (!change || change.epochMilliseconds >= until) return spans
    at = change
  }
}

function resolveZone(id: string): string | undefined {
  if (zones.has(id)) return zones.get(id)
  if (zones.size >= 5_000) zones.clear()
  const zone = lookUpZone(id)
  zones.set(id, zone)
  return zone
}

function lookUpZone(id: string): string | undefined {
  if (!/^(?!SystemV)[A-Za-z][A-Za-z0-9_+\-/]{1,63}$/i.test(id)) return undefined
  try {
    // V8 also takes ICU's own 'IST' or 'CST', which mean several places; Temporal refuses them.
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id)
    const zone = new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions().timeZone
    return RENAMED[zone] ?? zone
  } catch {
    return undefined
  }
}

/** Intl in V8 still answers with these zones' former names; browsers and phones send either. */
const RENAMED: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Etc/GMT': 'UTC',
  'Etc/UTC': 'UTC',
  'Europe/Kiev': 'Europe/Kyiv',
  GMT: 'UTC',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}
