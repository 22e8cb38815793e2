import {
  DAY,
  dateOf,
  dayNumber,
  daysFrom,
  FOREVER,
  formatInstant,
  MINUTE,
  type PlainDate,
  spansOfDays,
  startOfDay,
  today,
} from '@/server/core/time'
import type { Where } from '@/server/location/venue/model-place'
import type { TimeStatus } from './model-status'
import { type Calendar, isWithinHours, openFor, type Time, timesOf } from './model-times'

export type { Busy } from './model-busy'
export * from './model-rules'
export * from './model-status'
export { type Calendar, reachOf, timesOf, type WrittenSlot } from './model-times'

/** `days` days from `startDate`, as they are counted in `timeZone`. */
export type View = { startDate: PlainDate; days: number; timeZone: string; includeBooked?: boolean }

export type ListedTime = {
  startTime: string
  endTime: string
  status: TimeStatus
  seatsLeft: number
  slotId?: string
  place?: Where
}
export type ListedDay = { date: PlainDate; slots: ListedTime[] }

/** What a visitor may choose from. Until `validUntil` the same question has the same answer, unless somebody acts. */
export function availability(question: Calendar & View): { days: ListedDay[]; validUntil: number } {
  const { startDate, timeZone, now, includeBooked = false } = question
  const days = daysFrom(startDate, question.days).map((date): ListedDay => ({ date, slots: [] }))
  const firstDay = dayNumber(startDate)
  const horizon = horizonOf(question)
  let validUntil = FOREVER
  for (const span of spansOfDays(timeZone, startDate, question.days)) {
    for (const time of timesOf(question, Math.max(span.from, horizon.earliest), span.until)) {
      const entersAt = horizon.entersAt(time.startsAt)
      if (entersAt >= validUntil) break
      const leavesAt = horizon.leavesAt(time.startsAt)
      validUntil = Math.min(validUntil, nextChange(time, entersAt, leavesAt, now, includeBooked))
      if (entersAt > now || !(includeBooked || time.status === 'available')) continue
      days[Math.floor((time.startsAt + span.offset) / DAY) - firstDay]?.slots.push(listed(time))
    }
  }
  return { days, validUntil }
}

export type FreeTime = Pick<Time, 'startsAt' | 'endsAt' | 'seatsLeft' | 'slotId' | 'place'>

export type Bookable =
  | ({ ok: true } & FreeTime)
  | { ok: false; code: 'in_the_past' | 'outside_hours' | 'other_place' | 'off_grid' }
  | { ok: false; code: 'too_soon' | 'too_far'; limit: string }
  | { ok: false; code: 'slot_taken'; status: TimeStatus; seatsLeft: number }

/** Can this very time be had? By the same rules as `availability`: what is shown, no more and no less. */
export function isBookable(calendar: Calendar, startsAt: number, seats = 1): Bookable {
  const { rules, offer, now } = calendar
  const horizon = horizonOf(calendar)
  if (startsAt < now) return { ok: false, code: 'in_the_past' }
  if (startsAt < horizon.earliest)
    return { ok: false, code: 'too_soon', limit: formatInstant(horizon.earliest) }
  if (startsAt >= horizon.limit) return { ok: false, code: 'too_far', limit: formatInstant(horizon.limit) }
  const times = [...timesOf(calendar, startsAt, startsAt + 1)]
  const time = times.find(({ seatsLeft }) => seatsLeft >= seats)
  if (time) return { ok: true, ...placeOf(time) }
  const [other] = times
  if (other) return { ok: false, code: 'slot_taken', status: other.status, seatsLeft: other.seatsLeft }
  const endsAt = startsAt + offer.durationMinutes * MINUTE
  const [open] = openFor(calendar, startsAt, endsAt)
  if (open?.from === startsAt && open.until === endsAt) return { ok: false, code: 'off_grid' }
  return { ok: false, code: isWithinHours(rules, { startsAt, endsAt }) ? 'other_place' : 'outside_hours' }
}

/**
 * The free times nearest to a wanted one, nearest first, the earlier of two equally near. With `now` for the wanted
 * one: the next free times. `within` is what the calendar was loaded for (`reachOf`), where that is not everything.
 */
export function nearestFree(
  calendar: Calendar,
  wanted: number,
  n = 3,
  { seats = 1, within }: { seats?: number; within?: { from: number; until: number } } = {},
): FreeTime[] {
  const horizon = horizonOf(calendar)
  const first = Math.max(horizon.earliest, within?.from ?? horizon.earliest)
  const last = Math.min(horizon.limit, within?.until ?? horizon.limit)
  for (let radius = DAY; ; radius *= 2) {
    const from = Math.max(first, wanted - radius)
    const until = Math.min(last, wanted + radius + 1)
    const free = [...timesOf(calendar, from, until)].filter((time) => time.seatsLeft >= seats)
    if (free.length < n && (from > first || until < last)) continue
    const distance = (time: Time) => Math.abs(time.startsAt - wanted)
    return free
      .sort((a, b) => distance(a) - distance(b) || a.startsAt - b.startsAt)
      .slice(0, n)
      .map(placeOf)
  }
}

function placeOf({ startsAt, endsAt, seatsLeft, slotId, place }: Time): FreeTime {
  return { startsAt, endsAt, seatsLeft, ...(slotId ? { slotId } : {}), ...(place ? { place } : {}) }
}

/** The instants a view is about. */
export function viewBounds({ startDate, days, timeZone }: View): { from: number; until: number } {
  const spans = spansOfDays(timeZone, startDate, days)
  const from = spans[0]?.from ?? startOfDay(timeZone, startDate)
  return { from, until: spans.at(-1)?.until ?? from }
}

/** Notice and window: what begins in [earliest, limit) can be booked. Each midnight of the provider adds a day. */
function horizonOf({ rules: { timeZone }, offer, now }: Calendar) {
  const notice = offer.noticeMinutes * MINUTE
  const firstDay = dayNumber(today(timeZone, now))
  const limitOn = (day: number) => startOfDay(timeZone, dateOf(day + offer.windowDays + 1))
  const limit = limitOn(firstDay)
  let opening = { day: firstDay, at: now, limit }
  return {
    earliest: now + notice,
    limit,
    leavesAt: (startsAt: number) => startsAt - notice + 1,
    /** Asked in ascending order. */
    entersAt(startsAt: number): number {
      while (startsAt >= opening.limit) {
        const day = opening.day + 1
        opening = { day, at: startOfDay(timeZone, dateOf(day)), limit: limitOn(day) }
      }
      return opening.at
    },
  }
}

/** The next instant at which this time is shown otherwise than now: it enters, a hold ends, it leaves. */
function nextChange(
  time: Time,
  entersAt: number,
  leavesAt: number,
  now: number,
  includeBooked: boolean,
): number {
  const { changes } = time
  if (!changes && !includeBooked && time.status !== 'available') return FOREVER
  if (!changes) return entersAt > now ? (entersAt < leavesAt ? entersAt : FOREVER) : leavesAt
  const shown = (at: number): string => {
    if (at < entersAt || at >= leavesAt) return ''
    const { status, seatsLeft } = changes.standing(at)
    return includeBooked || status === 'available' ? `${status} ${seatsLeft}` : ''
  }
  const moments = [entersAt, leavesAt, ...changes.at].filter((at) => at > now).sort((a, b) => a - b)
  return moments.find((at) => shown(at) !== shown(now)) ?? FOREVER
}

function listed({ startsAt, endsAt, status, seatsLeft, slotId, place }: Time): ListedTime {
  const time = { startTime: formatInstant(startsAt), endTime: formatInstant(endsAt), status, seatsLeft }
  return { ...time, ...(slotId ? { slotId } : {}), ...(place ? { place } : {}) }
}
