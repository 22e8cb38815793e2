import { and, eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { hold, occupancy } from '@/db/schema'
import { sha256 } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import type { NewEvent } from '@/server/core/events'
import { rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { MINUTE, toLocal } from '@/server/core/time'
import { placeFor, type Where } from '@/server/location/venue/model-place'
import { holdExpired } from '../hold/events'
import { freeSeats, openGroup, takeSeats } from '../slot/capabilities'
import { availabilityChanged } from './events'
import { isBookable, reachOf, type TimeStatus } from './model'
import type { BrokenBooking, RulesImpact } from './model-impact'
import { bookableByStaff, forStaff, lasting, wrongLength } from './model-staff'
import { openFor, placeAt, slotStanding } from './model-times'
import {
  type CalendarFacts,
  type CalendarTime,
  calendarFacts,
  calendarOf,
  isOffered,
  offerOf,
  timesNear,
} from './queries'

/** Everything that takes a provider's time holds this lock. */
export const calendarLock = (providerId: string): string => `calendar:${providerId}`

/** What to append and, after that, what to write: the log comes first in every transaction. */
export type Plan = { events: NewEvent[]; write: ((tx: Tx) => Promise<unknown>)[] }

export const merge = (...plans: Plan[]): Plan => ({
  events: plans.flatMap((p) => p.events),
  write: plans.flatMap((p) => p.write),
})

/** Sent at once, answered in order: one wait for all of them. */
export const carryOut = (tx: Tx, plan: Plan): Promise<unknown> =>
  Promise.all(plan.write.map((write) => write(tx)))

/** Where a booking or a hold sits: a stretch of the provider's own, or seats of a slot. */
export type Place = {
  availabilityId: string
  slotId: string | null
  startsAt: number
  endsAt: number
  /** Where people meet; null where that is not told. */
  where?: Where | null
}

type Change = Place & {
  previous: TimeStatus
  next: TimeStatus
  bookingId: string | null
  seatsLeft: number
  now: Date
}

export function changed(facts: CalendarTime, c: Change): NewEvent {
  const { timeZone } = facts.rules
  return availabilityChanged(facts.provider.id, {
    availabilityId: c.availabilityId,
    providerId: facts.provider.id,
    slotId: c.slotId,
    startTime: rfc3339(c.startsAt),
    endTime: rfc3339(c.endsAt),
    date: toLocal(timeZone, c.startsAt).date,
    timeZone,
    previousStatus: c.previous,
    newStatus: c.next,
    bookingId: c.bookingId,
    seatsLeft: c.seatsLeft,
    changedAt: c.now.toISOString(),
  })
}

/** Of a change and whom it would touch: another one has another. */
export const versionOf = (change: unknown, broken: readonly BrokenBooking[]): string =>
  sha256(JSON.stringify([change, broken.map((b) => [b.bookingId, b.startTime, b.why])])).slice(0, 22)

/** Who decides by looking (`seen`) is asked again where bookings would be touched that were not looked at. */
export function requireSeen(
  seen: string,
  { broken, version }: Pick<RulesImpact, 'broken' | 'version'>,
): void {
  if (broken.length > 0 && version !== seen)
    refuse('conflict', 'breaks_bookings', { bookings: broken.length })
}

/** The facts around one wanted time, by what the service needs around it. */
export async function factsAround(
  tx: Tx,
  providerId: string,
  serviceId: string,
  startsAt: number,
): Promise<CalendarFacts> {
  const wide = { from: startsAt - 3 * 24 * 60 * MINUTE, to: startsAt + 3 * 24 * 60 * MINUTE }
  return (await calendarFacts(tx, providerId, serviceId, wide)) ?? refuse('not_found')
}

/** Holds that ran out free their place here and now, so that who comes next need not wait for the timer. */
export function clearExpired(facts: CalendarTime, window: { from: number; to: number }, now: Date): Plan {
  const over = (at: number | null) => at !== null && at <= now.getTime()
  const plans: Plan[] = []
  for (const taken of facts.busy.filter(
    (o) => o.kind === 'hold' && over(o.expiresAt) && o.to > window.from && o.from < window.to,
  )) {
    facts.busy = facts.busy.filter((o) => o !== taken)
    plans.push(
      expired(facts, taken.refId),
      release(
        facts,
        { availabilityId: taken.id, slotId: null, startsAt: taken.startsAt, endsAt: taken.endsAt },
        'held',
        null,
        now,
      ),
    )
  }
  for (const place of facts.slots.filter((s) => s.endsAt > window.from && s.startsAt < window.to))
    for (const held of place.holds.filter((h) => over(h.expiresAt)))
      plans.push(
        expired(facts, held.id),
        freeSeats(facts, place, { holdId: held.id, seats: held.seats }, now),
      )
  return merge(...plans)
}

const expired = (facts: CalendarTime, holdId: string): Plan => ({
  events: [holdExpired(holdId, { holdId, providerId: facts.provider.id })],
  write: [(tx) => tx.update(hold).set({ status: 'expired' }).where(eq(hold.id, holdId))],
})

export type Wanted = {
  startsAt: number
  seats: number
  status: 'held' | 'booked'
  kind: 'hold' | 'appointment'
  refId: string
  bookingId: string | null
  expiresAt: Date | null
  now: Date
  /** Only there: what whoever wants it was told. */
  where?: Where | null
}

/** What an appointment asks of a calendar. */
export const forAppointment = (
  bookingId: string,
  { startsAt, seats, now, where }: Pick<Wanted, 'startsAt' | 'seats' | 'now' | 'where'>,
): Wanted => ({
  startsAt,
  seats,
  where,
  status: 'booked',
  kind: 'appointment',
  refId: bookingId,
  bookingId,
  expiresAt: null,
  now,
})

/** Takes a time if it can be had, by the rule visitors are shown; otherwise refuses, with the three nearest. */
export async function takePlace(
  tx: Tx,
  facts: CalendarFacts,
  wanted: Wanted,
): Promise<{ place: Place; plan: Plan }> {
  requireOffered(facts)
  return takeTime(tx, facts, wanted)
}

async function takeTime(tx: Tx, facts: CalendarFacts, wanted: Wanted): Promise<{ place: Place; plan: Plan }> {
  const now = wanted.now.getTime()
  const verdict = isBookable(calendarOf(facts, now), wanted.startsAt, wanted.seats)
  if (!verdict.ok) return refuseTime(tx, facts, wanted, verdict)
  if (wanted.where !== undefined && wanted.where !== (verdict.place ?? null))
    refuse('conflict', 'other_place')
  const existing = verdict.slotId ? facts.slots.find((s) => s.id === verdict.slotId) : undefined
  if (existing) return takeSeats(facts, existing, wanted)
  const { endsAt, place: where = null } = verdict
  if (facts.service.capacity > 1) return openGroup(facts, { endsAt, where }, wanted)
  return takeStretch(facts, { endsAt, where }, wanted)
}

export function requireOffered(facts: CalendarFacts): void {
  if (!isOffered(facts)) refuse('conflict', 'not_offered')
}

/**
 * Takes a time for the business's own people: as anybody would, or all the same where they mean it (`override`); then
 * also at another place (`chosen`) than the hours say. Whether it is offered at all is the verb's to ask.
 */
export async function takeForStaff(
  tx: Tx,
  facts: CalendarFacts,
  { where: told, ...wanted }: Wanted,
  override: boolean,
  chosen?: Where,
): Promise<{ place: Place; plan: Plan }> {
  const { startsAt, seats, now } = wanted
  const verdict = verdictForStaff(facts, startsAt, seats, now)
  if (!verdict.ok && meantOnly.includes(verdict.code) && !override) refuse('conflict', verdict.code)
  const where = chosen ?? told
  const fits = verdict.ok && (chosen === undefined || chosen === verdict.place)
  if (fits || !override || !(verdict.ok || forStaff.includes(verdict.code)))
    return takeTime(tx, facts, { ...wanted, where })
  const slot = facts.slots.find((s) => s.serviceId === facts.service.id && s.startsAt === startsAt)
  const endsAt = slot?.endsAt ?? startsAt + facts.service.durationMinutes * MINUTE
  const taken = takeAnyway(facts, {
    ...wanted,
    endsAt,
    slotId: slot?.id ?? null,
    ...(chosen === undefined ? {} : { where: whereChosen(facts, chosen) }),
  })
  if (where !== undefined && where !== (taken.place.where ?? null)) refuse('conflict', 'other_place')
  return taken
}

const meantOnly: readonly string[] = ['busy_elsewhere', 'began_lately']

/** The facts for an appointment of its own length, as the business's own people may give it. */
export function ofLength(facts: CalendarFacts, from: number, to: number): CalendarFacts {
  const wrong = facts.service.capacity > 1 ? 'is the same for all of a group' : wrongLength(from, to)
  return wrong ? refuseEnd(wrong) : lasting(facts, to - from)
}

/** A time that was written down is as long as it was written. */
export function requireEnd({ endsAt }: Place, wanted: string | undefined): void {
  if (wanted && Date.parse(wanted) !== endsAt) refuseEnd('is written down for this time')
}

const refuseEnd = (why: string): never => refuse('malformed', 'malformed', { errors: { endTime: why } })

/** The same time and place until another end: only what it gains has to be had, not the time it has. */
export function takeUntil(
  facts: CalendarFacts,
  wanted: Wanted & { endsAt: number },
  was: number,
  override: boolean,
): { place: Place; plan: Plan } {
  const { endsAt, now } = wanted
  if (endsAt <= now.getTime()) refuse('conflict', 'in_the_past')
  if (endsAt > was && !override) {
    const [open] = openFor(calendarOf(facts, now.getTime()), was, endsAt)
    if (open?.from !== was || open.until !== endsAt) refuse('conflict', 'outside_hours')
    if (facts.busy.some((o) => o.kind === 'outside' && o.to > was && o.from < endsAt))
      refuse('conflict', 'busy_elsewhere')
  }
  return takeAnyway(facts, { ...wanted, slotId: null })
}

const whereChosen = ({ service }: CalendarFacts, chosen: Where): Where =>
  placeFor(service.given, chosen, null) ?? refuse('conflict', 'other_place')

/** Whether a time can be had, for those who may set aside that only another calendar says otherwise. */
function verdictForStaff(facts: CalendarFacts, startsAt: number, seats: number, now: Date) {
  const verdict = bookableByStaff(calendarOf(facts, now.getTime()), startsAt, seats)
  if (verdict.ok || verdict.code !== 'slot_taken') return verdict
  const here = { ...facts, busy: facts.busy.filter((o) => o.kind !== 'outside') }
  const without = isBookable(calendarOf(here, now.getTime()), startsAt, seats)
  return without.ok ? ({ ok: false, code: 'busy_elsewhere' } as const) : without
}

type Verdict = { ok: false; code: string; limit?: string }

async function refuseTime(tx: Tx, facts: CalendarFacts, wanted: Wanted, verdict: Verdict): Promise<never> {
  const { code, ok: _, ...data } = verdict
  if (code !== 'slot_taken') refuse('conflict', code, data)
  const slots = facts.slots.filter((s) => s.serviceId === facts.service.id && s.startsAt === wanted.startsAt)
  const most = Math.max(facts.service.capacity, ...slots.map((s) => s.capacity))
  if (wanted.seats > most) refuse('malformed', 'malformed', { errors: { seats: `is at most ${most}` } })
  refuse('conflict', code, { alternatives: await timesNear(tx, facts, wanted) })
}

/**
 * Takes a time whatever the hours, the notice and the window say: for the business's own people, and for what is put
 * back where it was. What calendars elsewhere say does not count then; what somebody has is never taken.
 */
export function takeAnyway(
  facts: CalendarFacts,
  wanted: Wanted & { endsAt: number; slotId: string | null },
): { place: Place; plan: Plan } {
  const at = wanted.now.getTime()
  const slot = facts.slots.find((s) => s.id === wanted.slotId && s.startsAt === wanted.startsAt)
  if (slot)
    return slotStanding(slot, at).seatsLeft >= wanted.seats
      ? takeSeats(facts, slot, wanted)
      : refuse('conflict', 'slot_taken', { alternatives: [] })
  const place = { availabilityId: '', slotId: null, startsAt: wanted.startsAt, endsAt: wanted.endsAt }
  const { busyFrom, busyTo } = stretch(facts, place, wanted)
  const clash = facts.busy.find(
    (o) => o.kind !== 'outside' && o.from < busyTo.getTime() && o.to > busyFrom.getTime(),
  )
  if (clash) refuse('conflict', 'slot_taken', { alternatives: [] })
  const there = placeAt(calendarOf(facts, at), wanted.startsAt)
  const { endsAt, where = there === undefined ? whereOf(facts, null) : there } = wanted
  return facts.service.capacity > 1
    ? openGroup(facts, { endsAt, where }, wanted)
    : takeStretch(facts, { endsAt, where }, wanted)
}

/** Where a service of this provider is given, at what names this place or none. */
export const whereOf = ({ service, rules }: CalendarFacts, named: Where | null): Where | null =>
  placeFor(service.given, named, rules.place) ?? null

function takeStretch(
  facts: CalendarFacts,
  at: { endsAt: number; where: Where | null },
  wanted: Wanted,
): { place: Place; plan: Plan } {
  const place: Place = { availabilityId: newId(), slotId: null, startsAt: wanted.startsAt, ...at }
  const { status: next, bookingId, now } = wanted
  return {
    place,
    plan: {
      events: [changed(facts, { ...place, previous: 'available', next, bookingId, seatsLeft: 0, now })],
      write: [(tx) => tx.insert(occupancy).values(stretch(facts, place, wanted))],
    },
  }
}

export const stretch = (
  facts: CalendarFacts,
  place: Place,
  { kind, refId, expiresAt }: Pick<Wanted, 'refId' | 'expiresAt'> & { kind: 'hold' | 'appointment' | 'slot' },
) => {
  const { bufferBeforeMinutes, bufferAfterMinutes } = offerOf(facts.service)
  return {
    tenantId: facts.tenantId,
    id: place.availabilityId,
    providerId: facts.provider.id,
    kind,
    refId,
    startsAt: new Date(place.startsAt),
    endsAt: new Date(place.endsAt),
    busyFrom: new Date(place.startsAt - bufferBeforeMinutes * MINUTE),
    busyTo: new Date(place.endsAt + bufferAfterMinutes * MINUTE),
    expiresAt,
  }
}

/** A hold becomes a booking where it is. */
export function convertPlace(
  facts: CalendarFacts,
  place: Place,
  holdId: string,
  bookingId: string,
  now: Date,
): Plan {
  const own = place.slotId ? facts.slots.find((s) => s.id === place.slotId) : undefined
  const seatsLeft = own ? own.capacity - own.taken : 0
  const later = own && { ...own, holds: own.holds.filter((h) => h.id !== holdId) }
  return {
    events: [
      changed(facts, {
        ...place,
        previous: own ? slotStanding(own, now.getTime()).status : 'held',
        next: later ? slotStanding(later, now.getTime()).status : 'booked',
        bookingId,
        seatsLeft,
        now,
      }),
    ],
    write: place.slotId
      ? []
      : [
          (tx) =>
            tx
              .update(occupancy)
              .set({ kind: 'appointment', refId: bookingId, expiresAt: null })
              .where(and(eq(occupancy.id, place.availabilityId), eq(occupancy.refId, holdId))),
        ],
  }
}

/** Gives a stretch back. */
export function release(
  facts: CalendarTime,
  place: Place,
  previous: TimeStatus,
  bookingId: string | null,
  now: Date,
): Plan {
  return {
    events: [changed(facts, { ...place, previous, next: 'available', bookingId, seatsLeft: 1, now })],
    write: [(tx) => tx.delete(occupancy).where(eq(occupancy.id, place.availabilityId))],
  }
}

/** The window in which other taken time can matter for one time of this service. */
export const windowOf = (facts: CalendarFacts, startsAt: number) =>
  reachOf(offerOf(facts.service), startsAt, startsAt + 1)
