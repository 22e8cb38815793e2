import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { occupancy, slot } from '@/db/schema'
import { takingStatuses } from '@/server/booking/appointment/model'
import { rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import type { Where } from '@/server/location/venue/model-place'
import {
  changed,
  merge,
  type Place,
  type Plan,
  stretch,
  type Wanted,
  whereOf,
} from '../calendar/capabilities'
import { slotStanding } from '../calendar/model-times'
import type { CalendarFacts, CalendarTime, FactSlot } from '../calendar/queries'
import { slotCreated, slotDeleted } from './events'

/** The first booking of an implied group time makes it a slot, of which nobody is told that it is new. */
export function openGroup(
  facts: CalendarFacts,
  at: { endsAt: number; where: Where | null },
  wanted: Wanted,
): { place: Place; plan: Plan } {
  const { provider, service, tenantId } = facts
  const made: FactSlot = {
    id: newId(),
    serviceId: service.id,
    startsAt: wanted.startsAt,
    endsAt: at.endsAt,
    capacity: service.capacity,
    taken: 0,
    open: true,
    origin: 'implied',
    place: at.where,
    holds: [],
  }
  const seats = takeSeats(facts, made, wanted)
  const opened: Plan = {
    events: [
      slotCreated(made.id, {
        slotId: made.id,
        serviceId: service.id,
        providerId: provider.id,
        businessId: tenantId,
        startTime: rfc3339(made.startsAt),
        endTime: rfc3339(made.endsAt),
        maxBookings: made.capacity,
        place: at.where,
        isRecurring: false,
        origin: 'implied',
        createdAt: wanted.now.toISOString(),
      }),
    ],
    write: [
      (tx) =>
        tx.insert(slot).values({
          tenantId,
          id: made.id,
          providerId: provider.id,
          serviceId: service.id,
          startsAt: new Date(made.startsAt),
          endsAt: new Date(made.endsAt),
          capacity: made.capacity,
          origin: 'implied',
          place: at.where,
          status: 'open',
        }),
      (tx) =>
        tx
          .insert(occupancy)
          .values(stretch(facts, { ...seats.place }, { kind: 'slot', refId: made.id, expiresAt: null })),
    ],
  }
  return { place: seats.place, plan: merge(opened, seats.plan) }
}

export function takeSeats(
  facts: CalendarFacts,
  place: FactSlot,
  wanted: Wanted,
): { place: Place; plan: Plan } {
  const now = wanted.now.getTime()
  const holds =
    wanted.status === 'held' && wanted.expiresAt
      ? [...place.holds, { id: wanted.refId, seats: wanted.seats, expiresAt: wanted.expiresAt.getTime() }]
      : place.holds
  const later = { ...place, taken: place.taken + wanted.seats, holds }
  const at = { ...placeOf(place), where: whereOf(facts, place.place ?? null) }
  const event = changed(facts, {
    ...at,
    previous: slotStanding(place, now).status,
    next: slotStanding(later, now).status,
    bookingId: wanted.bookingId,
    seatsLeft: later.capacity - later.taken,
    now: wanted.now,
  })
  return { place: at, plan: { events: [event], write: [] } }
}

const placeOf = (s: FactSlot): Place => ({
  availabilityId: s.id,
  slotId: s.id,
  startsAt: s.startsAt,
  endsAt: s.endsAt,
})

/** Gives seats back. An implied slot goes with its last one. */
export function freeSeats(
  facts: CalendarTime,
  place: FactSlot,
  freed: { holdId?: string; bookingId?: string; seats: number },
  now: Date,
): Plan {
  const previous = slotStanding(place, now.getTime()).status
  const later = {
    ...place,
    taken: place.taken - freed.seats,
    holds: place.holds.filter((h) => h.id !== freed.holdId),
  }
  facts.slots = facts.slots.map((s) => (s.id === place.id ? later : s))
  const event = changed(facts, {
    ...placeOf(place),
    previous,
    next: slotStanding(later, now.getTime()).status,
    bookingId: freed.bookingId ?? null,
    seatsLeft: later.capacity - later.taken,
    now,
  })
  const plan: Plan = { events: [event], write: [(tx) => recount(tx, place.id)] }
  return place.origin === 'implied' && later.taken === 0 ? merge(plan, closeSlot(facts, later, now)) : plan
}

export function closeSlot(facts: CalendarTime, place: FactSlot, now: Date): Plan {
  facts.slots = facts.slots.filter((s) => s.id !== place.id)
  facts.busy = facts.busy.filter((o) => o.refId !== place.id)
  return {
    events: [
      slotDeleted(place.id, {
        slotId: place.id,
        serviceId: place.serviceId,
        providerId: facts.provider.id,
        businessId: facts.tenantId,
        startTime: rfc3339(place.startsAt),
        endTime: rfc3339(place.endsAt),
        deletedAt: now.toISOString(),
      }),
    ],
    write: [
      (tx) => tx.update(slot).set({ status: 'deleted' }).where(eq(slot.id, place.id)),
      (tx) =>
        tx.delete(occupancy).where(and(eq(occupancy.refId, place.id), inArray(occupancy.kind, ['slot']))),
    ],
  }
}

const taking = sql.param([...takingStatuses])

/** Seats are counted from the rows that take them, never added up, so that a mistake cannot accumulate. */
export const recount = (tx: Tx, slotId: string) =>
  tx.execute(sql`
    update slot set taken =
      coalesce((select sum(seats) from hold where slot_id = ${slotId} and status = 'active'), 0)
      + coalesce((select sum(seats) from appointment where slot_id = ${slotId} and status = any(${taking}::text[])), 0)
    where id = ${slotId}`)
