import { formatInstant, type PlainDate } from '@/server/core/time'
import type { Where } from '@/server/location/venue/model-place'
import type { ClashKind, Wanted } from './model-plan'

/** What a change would bring about, for whoever decides on it. */
export type Impact = {
  /** Of the very change: the verb refuses once it would be another. */
  version: string
  created: readonly (ShownSlot & { clashes: readonly NamedClash[] })[]
  changed: readonly (ShownSlot & {
    slotId: string
    was: ShownSlot
    clashes: readonly NamedClash[]
    people: readonly Person[]
  })[]
  lost: readonly (ShownSlot & { slotId: string; people: readonly Person[] })[]
  same: number
  /** What was changed on its own before, and goes its own way. */
  apart: readonly (ShownSlot & { slotId: string })[]
  /** How many bookings are touched, and on how many days something stands in the way. */
  people: number
  clashes: number
}
export type ShownSlot = {
  date: PlainDate
  startTime: string
  endTime: string
  maxBookings: number
  place: Where | null
}
export type Person = { bookingId: string; name: string | null; seats: number }
export type NamedClash = { kind: ClashKind; name: string | null; startTime: string; endTime: string }

export const shownSlot = (slot: Wanted): ShownSlot => ({
  date: slot.date,
  startTime: formatInstant(slot.startsAt),
  endTime: formatInstant(slot.endsAt),
  maxBookings: slot.capacity,
  place: slot.place,
})
