import { DAY, FOREVER, MINUTE, spansOf } from '@/server/core/time'
import { online, placeFor, type Where } from '@/server/location/venue/model-place'
import { type Busy, indexBusy } from './model-busy'
import { hoursOf, type Offer, type Rules } from './model-rules'
import type { TimeStatus } from './model-status'

/**
 * A time that was written down: one-off or of a series, or made by the first booking of an implied group time.
 * `taken` counts every seat given, those of `holds` among them; a hold's seats are free again when it has run out.
 */
export type WrittenSlot = {
  id: string
  startsAt: number
  endsAt: number
  capacity: number
  taken: number
  open: boolean
  place?: Where | null
  holds?: readonly { seats: number; expiresAt: number }[]
}

/** All that decides which times of a provider can be had for one service. */
export type Calendar = {
  rules: Rules
  offer: Offer
  busy: readonly Busy[]
  slots: readonly WrittenSlot[]
  now: number
}

export type Standing = { status: TimeStatus; seatsLeft: number }

/** One time on offer, free or not. `changes` are the ends of holds at which its standing changes by itself. */
export type Time = Standing & {
  startsAt: number
  endsAt: number
  slotId?: string
  /** Left out where none is told. */
  place?: Where
  changes?: { at: readonly number[]; standing: (at: number) => Standing }
}

/**
 * Every time that begins in [from, until), in order, whatever its status: the grid inside the open hours, and the
 * written slots, which stand whatever the hours say and hide the grid where they are. None whose place is not the
 * service's.
 */
export function* timesOf(calendar: Calendar, from: number, until: number): Generator<Time> {
  const written = calendar.slots
    .filter((slot) => slot.startsAt >= from && slot.startsAt < until && placeOf(calendar, slot) !== undefined)
    .sort((a, b) => a.startsAt - b.startsAt || a.endsAt - b.endsAt || (a.id < b.id ? -1 : 1))
  let next = 0
  for (const time of impliedTimes(calendar, from, until)) {
    let hidden = false
    for (let slot = written[next]; slot && slot.startsAt <= time.startsAt; slot = written[++next]) {
      hidden = slot.startsAt === time.startsAt
      yield slotTime(slot, calendar)
    }
    if (!hidden) yield time
  }
  for (const slot of written.slice(next)) yield slotTime(slot, calendar)
}

/** Whatever meets [from, to) must be in `busy` and `slots` for an answer about times that begin in [from, until). */
export function reachOf(offer: Offer, from: number, until: number): { from: number; to: number } {
  const buffers = (offer.bufferBeforeMinutes + offer.bufferAfterMinutes) * MINUTE
  return { from: from - buffers, to: until + offer.durationMinutes * MINUTE + buffers }
}

export type Interval = { from: number; until: number }

/** When the provider is open in [from, until); stretches that touch are one. A clock change shortens or lengthens it. */
export function openHours(rules: Rules, from: number, until: number): Interval[] {
  return joined(openRanges(rules, from, until), () => true)
}

/** Is all of it within the open hours? */
export function isWithinHours(
  rules: Rules,
  { startsAt, endsAt }: { startsAt: number; endsAt: number },
): boolean {
  const [open] = openHours(rules, startsAt, endsAt)
  return open?.from === startsAt && open.until === endsAt
}

type Range = Interval & { opens: number; place?: Where | null }

function joined(ranges: Iterable<Range>, isSame: (a: Range, b: Range) => boolean): Interval[] {
  const open: Range[] = []
  for (const range of ranges) {
    const last = open.at(-1)
    if (last?.until === range.from && isSame(last, range)) last.until = range.until
    else open.push({ ...range })
  }
  return open.map(({ from, until }) => ({ from, until }))
}

/** The place of hours or of a slot, for the service; undefined where it is not given there. */
const placeOf = ({ rules, offer }: Pick<Calendar, 'rules' | 'offer'>, { place }: { place?: Where | null }) =>
  placeFor(offer.given, place, rules.place)

/** The hours in which a service is given, each with its place. */
function* placedRanges(calendar: Pick<Calendar, 'rules' | 'offer'>, from: number, until: number) {
  for (const range of openRanges(calendar.rules, from, until)) {
    const place = placeOf(calendar, range)
    if (place !== undefined) yield { ...range, place }
  }
}

/** The same joined: a time begins and ends at one place. */
export const openFor = (
  calendar: Pick<Calendar, 'rules' | 'offer'>,
  from: number,
  until: number,
): Interval[] => joined(placedRanges(calendar, from, until), (a, b) => a.place === b.place)

/** Where a service is given at an instant, as far as the hours say; undefined outside of them. */
export function placeAt(calendar: Pick<Calendar, 'rules' | 'offer'>, at: number): Where | null | undefined {
  const [range] = placedRanges(calendar, at, at + 1)
  return range?.place
}

/** Would whoever was told this place be met there then, as far as the hours say? */
export function isMetThere(
  rules: Rules,
  { startsAt, place }: { startsAt: number; place: Where | null },
): boolean {
  const [range] = openRanges(rules, startsAt, startsAt + 1)
  if (!range || place === null) return true
  return range.place ? range.place === place : place === online || (rules.place ?? place) === place
}

/**
 * The rules' ranges as instants, in order. Going through spans of constant offset, what the clocks skip never comes up
 * and what they show twice comes up twice. `opens` is where the grid begins, though clocks may have skipped it.
 */
function* openRanges(rules: Rules, from: number, until: number): Generator<Range> {
  const hours = hoursOf(rules)
  for (const span of spansOf(rules.timeZone, from, until)) {
    const lastDay = Math.floor((span.until - 1 + span.offset) / DAY)
    for (let day = Math.floor((span.from + span.offset) / DAY); day <= lastDay; day++) {
      const midnight = day * DAY - span.offset
      for (const [opensMinute, closesMinute, place] of hours(day)) {
        const opens = midnight + opensMinute * MINUTE
        const range = {
          opens,
          place,
          from: Math.max(span.from, opens),
          until: Math.min(span.until, midnight + closesMinute * MINUTE),
        }
        if (range.from < range.until) yield range
      }
    }
  }
}

/** The grid: when the provider's clock shows the opening time plus a multiple of the step, and all of it is open. */
function* impliedTimes(calendar: Calendar, from: number, until: number): Generator<Time> {
  const { offer, busy, slots, now } = calendar
  const duration = offer.durationMinutes * MINUTE
  const step = offer.stepMinutes * MINUTE
  const before = offer.bufferBeforeMinutes * MINUTE
  const after = offer.bufferAfterMinutes * MINUTE
  const index = indexBusy(
    busy.filter((range) => range.to > from - before && range.from < until + duration + after),
    slots.map((slot) => ({ from: slot.startsAt - before, to: slot.endsAt + after, expiresAt: FOREVER })),
    now,
  )
  const free = { status: 'available', seatsLeft: offer.capacity } as const
  const open = openFor(calendar, from, until + duration)
  let at = 0
  for (const range of placedRanges(calendar, from, until)) {
    const there = range.place ? { place: range.place } : {}
    const skipped = Math.ceil((range.from - range.opens) / step)
    for (let startsAt = range.opens + skipped * step; startsAt < range.until; startsAt += step) {
      const endsAt = startsAt + duration
      while ((open[at]?.until ?? FOREVER) <= startsAt) at++
      if (endsAt > (open[at]?.until ?? 0)) continue
      const taken = index.status(startsAt - before, endsAt + after)
      const time = { startsAt, endsAt, ...there }
      if (!taken) yield { ...time, ...free }
      else if (taken !== 'held') yield { ...time, status: taken, seatsLeft: 0 }
      else yield { ...time, ...heldUntil(index.heldUntil(startsAt - before, endsAt + after), free) }
    }
  }
}

function heldUntil(freeAt: number, free: Standing): Pick<Time, 'status' | 'seatsLeft' | 'changes'> {
  const held = { status: 'held', seatsLeft: 0 } as const
  return { ...held, changes: { at: [freeAt], standing: (at) => (at < freeAt ? held : free) } }
}

function slotTime(slot: WrittenSlot, calendar: Calendar): Time {
  const { now } = calendar
  const place = placeOf(calendar, slot)
  const standing = (at: number) => slotStanding(slot, at)
  const at = (slot.holds ?? []).map((hold) => hold.expiresAt).filter((expiry) => expiry > now)
  return {
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    ...standing(now),
    slotId: slot.id,
    ...(place ? { place } : {}),
    ...(at.length > 0 ? { changes: { at, standing } } : {}),
  }
}

export function slotStanding(slot: WrittenSlot, now: number): Standing {
  if (!slot.open) return { status: 'blocked', seatsLeft: 0 }
  const held = seats(slot, (expiry) => expiry > now)
  const lapsed = seats(slot, (expiry) => expiry <= now)
  const seatsLeft = Math.max(0, slot.capacity - slot.taken + lapsed)
  if (seatsLeft > 0) return { status: 'available', seatsLeft }
  return { status: held > 0 ? 'held' : 'booked', seatsLeft: 0 }
}

const seats = (slot: WrittenSlot, counts: (expiresAt: number) => boolean): number =>
  (slot.holds ?? []).reduce((sum, hold) => sum + (counts(hold.expiresAt) ? hold.seats : 0), 0)
