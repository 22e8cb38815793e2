import { z } from 'zod'
import { DAY, formatInstant, MINUTE, type PlainDate, toLocal } from '@/server/core/time'
import type { Where } from '@/server/location/venue/model-place'
import { type Calendar, nearestFree } from './model'
import type { Busy } from './model-busy'
import type { Offer, Rules } from './model-rules'
import { isMetThere, isWithinHours } from './model-times'

/** What a change of hours or of a service would bring about, for whoever decides on it. */
export type RulesImpact = {
  /** Of the very change and whom it touches: the verb refuses once it would be another. */
  version: string
  /** How far was looked. */
  until: string
  timeZone: string
  parts: readonly TimesImpact[]
  broken: readonly BrokenBooking[]
}

/** The times of one service of one provider: how many come and go, and which on the first days that differ. */
export type TimesImpact = {
  providerName: string
  serviceName: string
  gained: number
  lost: number
  days: readonly DayImpact[]
}

/** Of a day with very many, the first; `more` is how many others there are. */
type DayImpact = { date: PlainDate; gained: readonly string[]; lost: readonly string[]; more: number }

export type BrokenBooking = {
  bookingId: string
  clientName: string | null
  serviceName: string
  startTime: string
  endTime: string
  why: 'outside_hours' | 'elsewhere' | 'too_close'
}

/** The version of the impact that somebody decided by; whoever does not look leaves it out. */
export const seenSchema = z.string().max(64).optional()

const mostDaysShown = 8
const mostTimesShown = 30
const furthest = 92 * DAY

/** No further than can be booked before or after, and than anybody reads. */
export function lookedUntil({ now }: Calendar, ...offers: readonly Offer[]): number {
  return now + Math.min(furthest, Math.max(...offers.map((offer) => (offer.windowDays + 1) * DAY)))
}

/** The times that can be had before and not after, and the other way round. */
export function compareTimes(
  before: Calendar,
  after: Calendar,
): Omit<TimesImpact, 'providerName' | 'serviceName'> {
  const until = lookedUntil(before, before.offer, after.offer)
  const [was, is] = [before, after].map((calendar) => startsOf(calendar, until)) as [Set<number>, Set<number>]
  const gained = [...is].filter((at) => !was.has(at))
  const lost = [...was].filter((at) => !is.has(at))
  const days = new Map<PlainDate, { gained: string[]; lost: string[]; more: number }>()
  for (const at of [...gained, ...lost].sort((a, b) => a - b)) {
    const { date } = toLocal(after.rules.timeZone, at)
    const day = days.get(date) ?? { gained: [], lost: [], more: 0 }
    if (!days.has(date) && days.size === mostDaysShown) break
    days.set(date, day)
    const list = day[is.has(at) ? 'gained' : 'lost']
    if (list.length < mostTimesShown) list.push(formatInstant(at))
    else day.more += 1
  }
  return {
    gained: gained.length,
    lost: lost.length,
    days: [...days].map(([date, day]) => ({ date, ...day })),
  }
}

const startsOf = (calendar: Calendar, until: number): Set<number> => {
  const within = { from: calendar.now, until }
  return new Set(
    nearestFree(calendar, calendar.now, Number.POSITIVE_INFINITY, { within }).map((t) => t.startsAt),
  )
}

type Stretch = { startsAt: number; endsAt: number }

/** What has to be known for it. */
export const aroundImpact = (now: number) => ({ from: now - 9 * DAY, to: now + furthest + 9 * DAY })

/** What stood within the hours and would no longer. */
export const leftOutside = <B extends Stretch>(booked: readonly B[], before: Rules, after: Rules): B[] =>
  booked.filter((b) => isWithinHours(before, b) && !isWithinHours(after, b))

/** What was to be where the hours are, and they would be somewhere else. */
export const leftElsewhere = <B extends Stretch & { place: Where | null }>(
  booked: readonly B[],
  before: Rules,
  after: Rules,
): B[] => booked.filter((b) => isMetThere(before, b) && !isMetThere(after, b))

/** What would have less time around it than the service now asks for: `own` are the places of that service's bookings. */
export function tooClose(busy: readonly Busy[], own: ReadonlySet<string>, offer: Offer): Set<string> {
  const wanted = busy
    .map((b) => {
      if (!own.has(b.id)) return b
      const [before, after] = [offer.bufferBeforeMinutes * MINUTE, offer.bufferAfterMinutes * MINUTE]
      return { ...b, from: b.startsAt - before, to: b.endsAt + after }
    })
    .sort((a, b) => a.from - b.from)
  const close = new Set<string>()
  let furthest: Busy | undefined
  for (const b of wanted) {
    if (furthest && furthest.to > b.from) for (const { id } of [furthest, b]) if (own.has(id)) close.add(id)
    if (!furthest || b.to > furthest.to) furthest = b
  }
  return close
}

type Known = Stretch & Pick<BrokenBooking, 'bookingId' | 'clientName' | 'serviceName'>

export const brokenBooking = (b: Known, why: BrokenBooking['why']): BrokenBooking => ({
  bookingId: b.bookingId,
  clientName: b.clientName,
  serviceName: b.serviceName,
  startTime: formatInstant(b.startsAt),
  endTime: formatInstant(b.endsAt),
  why,
})
