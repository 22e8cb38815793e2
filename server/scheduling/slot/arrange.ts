import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { hold, occupancy, slot } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { MINUTE } from '@/server/core/time'
import { requirePlaces } from '@/server/location/venue/capabilities'
import { placeFor, type Way, type Where } from '@/server/location/venue/model-place'
import { changed, merge, type Plan } from '../calendar/capabilities'
import type { TimeStatus } from '../calendar/model-status'
import { slotStanding } from '../calendar/model-times'
import type { CalendarTime, FactSlot, Occupied } from '../calendar/queries'
import { holdExpired } from '../hold/events'
import { closeSlot, recount } from './capabilities'
import { slotCreated, slotUpdated } from './events'
import { hasMoved } from './model'

export type SlotRow = typeof slot.$inferSelect

/** What a written slot is: when, for how many, and whether anybody may book it. */
export type SlotTerms = {
  startsAt: number
  endsAt: number
  capacity: number
  open: boolean
  seriesId: string | null
  occursOn: string | null
  place: Where | null
}

/** Where a slot is to be: a place of the business's, and of the service's; where none is said, the provider's usual one. */
export async function slotPlace(
  tx: Tx,
  { rules }: Pick<CalendarTime, 'rules'>,
  { given }: { given: Way },
  named: Where | null | undefined,
): Promise<Where | null> {
  const place = named === undefined ? (placeFor(given, null, rules.place) ?? null) : named
  await requirePlaces(tx, [place])
  if (placeFor(given, place, rules.place) === undefined) refuse('conflict', 'other_place')
  return place
}

/** A slot as it stands, with the holds on it. */
export type SlotSeen = FactSlot & SlotTerms

export async function seeSlots(tx: Tx, rows: readonly SlotRow[]): Promise<SlotSeen[]> {
  const ids = rows.map(({ id }) => id)
  const active = and(inArray(hold.slotId, ids), eq(hold.status, 'active'))
  const holds = ids.length > 0 ? await tx.select().from(hold).where(active) : []
  const of = Map.groupBy(holds, (h) => h.slotId)
  return rows.map((row) => ({
    id: row.id,
    serviceId: row.serviceId,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    capacity: row.capacity,
    taken: row.taken,
    open: row.status === 'open',
    origin: row.origin,
    seriesId: row.seriesId,
    occursOn: row.occursOn,
    place: row.place,
    holds: (of.get(row.id) ?? []).map((h) => ({
      id: h.id,
      seats: h.seats,
      expiresAt: h.expiresAt.getTime(),
    })),
  }))
}

type Service = { id: string; bufferBeforeMinutes: number; bufferAfterMinutes: number }

/** The time a slot takes of its provider, buffers included. */
export const reachOfSlot = (at: { startsAt: number; endsAt: number }, service: Omit<Service, 'id'>) => ({
  from: at.startsAt - service.bufferBeforeMinutes * MINUTE,
  to: at.endsAt + service.bufferAfterMinutes * MINUTE,
})

/** Refuses where something else stands, and says what. */
export function refuseClashes(busy: readonly Occupied[], { from, to }: { from: number; to: number }): void {
  const clashes = busy.filter((o) => o.to > from && o.from < to)
  if (clashes.length === 0) return
  const conflicts = clashes.map((o) => ({
    kind: o.kind,
    startTime: rfc3339(o.startsAt),
    endTime: rfc3339(o.endsAt),
  }))
  refuse('conflict', 'slot_conflict', { conflicts })
}

/** Slots that were not there. Each time can be booked from now on, and that is said of it. */
export function writeSlots(
  facts: CalendarTime,
  service: Service,
  created: readonly SlotTerms[],
  now: Date,
): { slotIds: string[]; plan: Plan } {
  const made = created.map((to) => ({ id: newId(), serviceId: service.id, ...to }))
  const plan: Plan = {
    events: made.flatMap((to) => [
      slotCreated(to.id, {
        ...saidOf(facts, to),
        maxBookings: to.capacity,
        isRecurring: to.seriesId !== null,
        origin: 'written',
        createdAt: now.toISOString(),
      }),
      turned(facts, to, 'blocked', 'available', to.capacity, now),
    ]),
    write: [
      ...inHundreds(made, (some) => (tx) => {
        const rows = some.map((to) => ({ ...rowOf(to), id: to.id, serviceId: service.id }))
        const own = { tenantId: facts.tenantId, providerId: facts.provider.id, origin: 'written' as const }
        return tx.insert(slot).values(rows.map((row) => ({ ...row, ...own })))
      }),
      ...occupy(facts, service, made),
    ],
  }
  return { slotIds: made.map(({ id }) => id), plan }
}

/** Slots that are no more, and the holds on them. Whoever booked a seat is the business of what follows from the event. */
export function dropSlots(facts: CalendarTime, lost: readonly SlotSeen[], now: Date): Plan {
  return merge(
    ...lost.map((was) => {
      const is = withoutHolds(was)
      const previous = slotStanding(was, now.getTime()).status
      const gone = turned(facts, is, previous, 'blocked', is.capacity - is.taken, now)
      return merge(endHolds(facts, was), closeSlot(facts, was, now), { events: [gone], write: [] })
    }),
  )
}

/** Slots that are otherwise than before. Holds on those that move end; all give their time back before any takes another. */
export function changeSlots(
  facts: CalendarTime,
  service: Service,
  changes: readonly { was: SlotSeen; to: SlotTerms }[],
  now: Date,
): Plan {
  const moves = changes.filter(({ was, to }) => hasMoved(was, to))
  const plans = changes.map((change): Plan => {
    const moved = moves.includes(change)
    const { was, to } = change
    const is = { ...(moved ? withoutHolds(was) : was), ...to }
    const [previous, next] = [slotStanding(was, now.getTime()).status, slotStanding(is, now.getTime()).status]
    const left = is.capacity - is.taken
    const said = slotUpdated(was.id, {
      ...saidOf(facts, is),
      maxBookings: is.capacity,
      isAvailable: is.open,
      updatedAt: now.toISOString(),
    })
    const turns = moved
      ? [turned(facts, was, previous, 'blocked', left, now), turned(facts, is, 'blocked', next, left, now)]
      : [turned(facts, is, previous, next, left, now)]
    const same = previous === next && left === was.capacity - was.taken
    const write = (tx: Tx) => tx.update(slot).set(rowOf(to)).where(eq(slot.id, was.id))
    const plan = { events: [said, ...(same && !moved ? [] : turns)], write: [write] }
    return moved ? merge(endHolds(facts, was), plan) : plan
  })
  const vacated = inHundreds(
    moves.map(({ was }) => was.id),
    (ids) => (tx) =>
      tx.delete(occupancy).where(and(inArray(occupancy.refId, ids), eq(occupancy.kind, 'slot'))),
  )
  const taken = occupy(
    facts,
    service,
    moves.map(({ was, to }) => ({ ...was, ...to })),
  )
  return merge({ events: [], write: vacated }, ...plans, { events: [], write: taken })
}

const withoutHolds = (was: SlotSeen): SlotSeen => ({
  ...was,
  taken: was.taken - was.holds.reduce((sum, { seats }) => sum + seats, 0),
  holds: [],
})

const endHolds = (facts: CalendarTime, { id, holds }: SlotSeen): Plan => ({
  events: holds.map((h) => holdExpired(h.id, { holdId: h.id, providerId: facts.provider.id })),
  write:
    holds.length === 0
      ? []
      : [
          (tx) =>
            tx
              .update(hold)
              .set({ status: 'expired' })
              .where(and(eq(hold.slotId, id), eq(hold.status, 'active'))),
          (tx) => recount(tx, id),
        ],
})

const turned = (
  facts: CalendarTime,
  at: { id: string; startsAt: number; endsAt: number },
  previous: TimeStatus,
  next: TimeStatus,
  seatsLeft: number,
  now: Date,
) =>
  changed(facts, {
    availabilityId: at.id,
    slotId: at.id,
    startsAt: at.startsAt,
    endsAt: at.endsAt,
    previous,
    next,
    bookingId: null,
    seatsLeft,
    now,
  })

const saidOf = (facts: CalendarTime, to: SlotTerms & { id: string; serviceId: string }) => ({
  slotId: to.id,
  serviceId: to.serviceId,
  providerId: facts.provider.id,
  businessId: facts.tenantId,
  startTime: rfc3339(to.startsAt),
  endTime: rfc3339(to.endsAt),
  place: to.place,
  ...(to.seriesId && to.occursOn ? { seriesId: to.seriesId, occursOn: to.occursOn } : {}),
})

const rowOf = ({ startsAt, endsAt, capacity, open, seriesId, occursOn, place }: SlotTerms) => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  capacity,
  status: open ? ('open' as const) : ('closed' as const),
  seriesId,
  occursOn,
  place,
})

const occupy = (
  facts: CalendarTime,
  service: Service,
  slots: readonly { id: string; startsAt: number; endsAt: number }[],
) =>
  inHundreds(slots, (some) => (tx) => {
    const rows = some.map(({ id, startsAt, endsAt }) => {
      const { from, to } = reachOfSlot({ startsAt, endsAt }, service)
      const times = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
      return { id, refId: id, ...times, busyFrom: new Date(from), busyTo: new Date(to) }
    })
    const own = { tenantId: facts.tenantId, providerId: facts.provider.id, kind: 'slot' as const }
    return tx.insert(occupancy).values(rows.map((row) => ({ ...row, ...own })))
  })

const inHundreds = <T>(
  all: readonly T[],
  write: (some: T[]) => (tx: Tx) => Promise<unknown>,
): Plan['write'] =>
  Array.from({ length: Math.ceil(all.length / 100) }, (_, n) => write(all.slice(n * 100, n * 100 + 100)))
