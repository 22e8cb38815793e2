import { dayNumber, MINUTE, type PlainDate } from '@/server/core/time'
import type { Where } from '@/server/location/venue/model-place'
import { hasMoved } from '../slot/model'
import { type Frequency, parseRule } from './model-rule'

/** A slot as the series wants it. */
export type Wanted = {
  date: PlainDate
  startsAt: number
  endsAt: number
  capacity: number
  place: Where | null
}
/** A slot of the series that is still to come. */
export type Standing = Wanted & { id: string; taken: number; holds: readonly { seats: number }[] }

export type Matching<S> = {
  created: Wanted[]
  changed: { was: S; to: Wanted }[]
  same: S[]
  lost: S[]
}

/**
 * What becomes of each slot when the series is to be otherwise: the slot of a day stays the slot of that day; one whose
 * day is gone moves to a new day of the same week, or month, before any is given up. So people go with their class.
 */
export function matchSlots<S extends Standing>(
  standing: readonly S[],
  wanted: readonly Wanted[],
  periodOf: (date: PlainDate) => string | number,
): Matching<S> {
  const open = new Map(wanted.map((w) => [w.date, w]))
  const matching: Matching<S> = { created: [], changed: [], same: [], lost: [] }
  const left: S[] = []
  for (const was of standing) {
    const to = open.get(was.date)
    if (!to) left.push(was)
    else if (isSame(was, to)) matching.same.push(was)
    else matching.changed.push({ was, to })
    open.delete(was.date)
  }
  const free = Map.groupBy(open.values(), (w) => periodOf(w.date))
  for (const was of left) {
    const to = free.get(periodOf(was.date))?.shift()
    if (to) matching.changed.push({ was, to })
    else matching.lost.push(was)
  }
  matching.created = [...free.values()].flat().sort((a, b) => (a.date < b.date ? -1 : 1))
  matching.changed.sort((a, b) => a.was.startsAt - b.was.startsAt)
  return matching
}

const isSame = (was: Wanted, to: Wanted): boolean => !hasMoved(was, to) && was.capacity === to.capacity

const periods: Record<Frequency, (date: PlainDate) => string | number> = {
  DAILY: (date) => date,
  WEEKLY: (date) => Math.floor((dayNumber(date) + 3) / 7),
  MONTHLY: (date) => date.slice(0, 7),
}

/** Within which a slot may move to another day and still be the same one. */
export const periodOf = (rrule: string | undefined) => periods[parseRule(rrule ?? '')?.frequency ?? 'DAILY']

export type ClashKind = 'hold' | 'appointment' | 'block' | 'slot' | 'outside' | 'past' | 'seats'
export type Clash = { kind: ClashKind; refId: string | null; startsAt: number; endsAt: number }

type Busy = {
  kind: Exclude<ClashKind, 'past' | 'seats'>
  refId: string
  startsAt: number
  endsAt: number
  from: number
  to: number
}
type Buffers = { bufferBeforeMinutes: number; bufferAfterMinutes: number }

/** What stands in the way of each time that is to be taken, by its day. `busy` is what stays where it is. */
export function clashesOf(
  { created, changed, same }: Matching<Standing>,
  busy: readonly Busy[],
  { bufferBeforeMinutes, bufferAfterMinutes }: Buffers,
  now: number,
): Map<PlainDate, Clash[]> {
  const moved = changed.filter(({ was, to }) => hasMoved(was, to))
  // What goes on at its time was there before; another calendar that says busy then said so of this class already.
  const stay = new Set(
    moved.filter(({ was, to }) => !hasMoved(was, { ...to, place: was.place })).map(({ to }) => to),
  )
  const reach = (w: Wanted) => ({
    ...w,
    from: w.startsAt - bufferBeforeMinutes * MINUTE,
    to: w.endsAt + bufferAfterMinutes * MINUTE,
  })
  const found = new Map<PlainDate, Clash[]>()
  const note = (date: PlainDate, clash: Clash) => found.set(date, [...(found.get(date) ?? []), clash])
  const taking = [...created, ...moved.map(({ to }) => to)].map((w) => ({ ...reach(w), stays: stay.has(w) }))
  const kept = [...same, ...changed.filter((c) => !moved.includes(c)).map(({ was }) => was)].map(reach)
  for (const w of taking) {
    if (w.startsAt <= now) note(w.date, { kind: 'past', refId: null, startsAt: w.startsAt, endsAt: w.endsAt })
    for (const o of busy)
      if (o.to > w.from && o.from < w.to && !(w.stays && o.kind === 'outside'))
        note(w.date, { kind: o.kind, refId: o.refId, startsAt: o.startsAt, endsAt: o.endsAt })
    for (const other of [...taking, ...kept])
      if (other !== w && other.date < w.date && other.to > w.from && other.from < w.to)
        note(w.date, { kind: 'slot', refId: null, startsAt: other.startsAt, endsAt: other.endsAt })
  }
  for (const { was, to } of changed) {
    const ends = moved.some((m) => m.was === was)
    const held = ends ? was.holds.reduce((sum, { seats }) => sum + seats, 0) : 0
    if (to.capacity < was.taken - held)
      note(to.date, { kind: 'seats', refId: was.id, startsAt: to.startsAt, endsAt: to.endsAt })
  }
  return found
}
