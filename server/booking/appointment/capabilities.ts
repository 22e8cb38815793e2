import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { appointment, contact } from '@/db/schema'
import { createContact } from '@/server/business/contact/capabilities'
import { type Answers, wrongAnswers } from '@/server/business/service/model-questions'
import { refuse } from '@/server/core/errors'
import type { NewEvent } from '@/server/core/events'
import { email, line, phone, prose, rfc3339 } from '@/server/core/fields'
import { type Meeting, meetAt } from '@/server/location/venue/capabilities'
import { placeFor, type Way, type Where } from '@/server/location/venue/model-place'
import {
  calendarLock,
  factsAround,
  merge,
  type Place,
  type Plan,
  release,
} from '@/server/scheduling/calendar/capabilities'
import { lasting } from '@/server/scheduling/calendar/model-staff'
import type { CalendarFacts, CalendarTime } from '@/server/scheduling/calendar/queries'
import { freeSeats, recount } from '@/server/scheduling/slot/capabilities'
import {
  appointmentApprovalRequested,
  type appointmentCompleted,
  appointmentConfirmed,
  appointmentCreated,
  appointmentDeclined,
  type appointmentNoShow,
  appointmentRescheduled,
} from './events'
import {
  type Appointment,
  type AppointmentStatus,
  appointmentLife,
  decisionDeadline,
  isExpected,
  whyNotClosed,
} from './model'
import { areOthers, type ShownTerms, termsFor } from './model-terms'
import { bookingView } from './queries'

export const clientFields = z.strictObject({ name: line(120), email, phone: phone.optional() })
export const answersField = z
  .record(line(120), prose(2000))
  .refine((a) => Object.keys(a).length <= 30, 'too many answers')

export type Client = z.output<typeof clientFields>

type Known = { id: string; phone: string | null }

/** Who has this address and is called so; with another number it is somebody else, without one it is not. */
async function findContact(tx: Tx, { name, email, phone }: Client): Promise<Known | null> {
  const found = await tx
    .select({ id: contact.id, phone: contact.phone })
    .from(contact)
    .where(and(eq(contact.email, email), sql`lower(${contact.name}) = lower(${name})`))
    .orderBy(contact.createdAt, contact.id)
    .limit(50)
  const digits = (said: string | null | undefined) => said?.replace(/\D/g, '') ?? ''
  const same = found.find((one) => digits(one.phone) === digits(phone))
  return same ?? found.find((one) => !one.phone || !phone) ?? null
}

/** Held by whoever may make somebody known: of two who book at once for a new person, one finds what the other made. */
export const clientLock = (tenantId: string, client: { email?: string | undefined } | undefined): string[] =>
  client?.email ? [`client:${tenantId}:${client.email}`] : []

/**
 * Whoever it is for: known already, or from now on. Under their lock. A visitor never changes what a business knows of
 * somebody: a number that was not known yet stands `besides`, with the booking.
 */
export async function clientOf(
  tx: Tx,
  tenantId: string,
  { name, email, phone }: Omit<Client, 'email'> & { email?: string | undefined },
  now: Date,
): Promise<{ clientId: string; plan: Plan; besides: Answers }> {
  const known = email ? await findContact(tx, { name, email, phone }) : null
  if (known)
    return {
      clientId: known.id,
      plan: { events: [], write: [] },
      besides: phone && !known.phone ? { Phone: phone } : {},
    }
  const said = { name, email: email ?? null, phone: phone ?? null }
  const { contactId, plan } = createContact(tenantId, said, now)
  return { clientId: contactId, plan, besides: {} }
}

type Booking = {
  bookingId: string
  clientId: string
  place: Place
  seats: number
  holdId: string | null
  answers: Answers | null
  /** What they said of themselves that is not known of them. */
  besides: Answers
  /** What they were shown that it costs, and by which terms: refused where that has changed. */
  shown?: ShownTerms | undefined
  now: Date
  /** Booked by the business itself, which asks nobody for a yes, and knows the answers it needs. */
  byStaff?: boolean
}

/** An appointment is born; confirmed at once where nothing is outstanding. `meeting` is what may be answered of it. */
export async function bornAppointment(
  tx: Tx,
  facts: CalendarFacts,
  b: Booking,
): Promise<{ plan: Plan; status: 'pending' | 'confirmed'; meeting: Meeting }> {
  const { service, provider, tenantId } = facts
  const requiresApproval = service.requiresApproval && !b.byStaff
  const errors = b.byStaff ? null : wrongAnswers(service.questions, b.answers ?? {})
  if (errors) refuse('malformed', 'malformed', { errors })
  const status = requiresApproval ? 'pending' : 'confirmed'
  const decideBy = requiresApproval
    ? new Date(decisionDeadline(b.now.getTime(), service.decideWithinHours, b.place.startsAt))
    : null
  const terms = termsFor(service, b.seats)
  if (b.shown && areOthers(terms, b.shown)) refuse('conflict', 'terms_changed', { terms })
  const meeting = await meetAt(tx, meetingOf(facts, b.bookingId, b.place))
  const who = {
    bookingId: b.bookingId,
    businessId: tenantId,
    providerId: provider.id,
    serviceId: service.id,
    clientId: b.clientId,
  }
  const times = { startTime: rfc3339(b.place.startsAt), endTime: rfc3339(b.place.endsAt) }
  const { amount, ...policy } = terms
  const said = { ...b.besides, ...b.answers }
  const plan: Plan = {
    events: [
      appointmentCreated(b.bookingId, {
        ...who,
        ...times,
        slotId: b.place.slotId,
        holdId: b.holdId,
        ...meeting,
        seats: b.seats,
        totalAmount: amount,
        ...policy,
        requiresPayment: false,
        requiresApproval,
        answers: Object.keys(said).length > 0 ? said : null,
      }),
      decideBy
        ? appointmentApprovalRequested(b.bookingId, { ...who, ...times, decideBy: rfc3339(decideBy) })
        : appointmentConfirmed(b.bookingId, { ...who, ...times, amount, currency: terms.currency }),
    ],
    write: [
      (tx) =>
        tx.insert(appointment).values({
          tenantId,
          id: b.bookingId,
          providerId: provider.id,
          serviceId: service.id,
          slotId: b.place.slotId,
          contactId: b.clientId,
          startsAt: new Date(b.place.startsAt),
          endsAt: new Date(b.place.endsAt),
          ...meeting,
          seats: b.seats,
          status,
          terms,
          requiresApproval,
          decideBy,
          createdAt: b.now,
        }),
      ...(b.place.slotId ? [(tx: Tx) => recount(tx, b.place.slotId as string)] : []),
    ],
  }
  const meetingLink = isExpected(status) ? meeting.meetingLink : null
  return { plan, status, meeting: { ...meeting, meetingLink } }
}

/** What decides where a booking is to be, and by whose clock. */
export const meetingOf = (
  facts: CalendarTime,
  bookingId: string,
  { where = null }: Pick<Place, 'where'>,
) => ({
  bookingId,
  providerId: facts.provider.id,
  place: where,
  timeZone: facts.rules.timeZone,
})

export type AppointmentRow = typeof appointment.$inferSelect

export async function loadAppointment(tx: Tx, bookingId: string): Promise<AppointmentRow> {
  const [row] = await tx.select().from(appointment).where(eq(appointment.id, bookingId))
  return row ?? refuse('not_found')
}

export const appointmentLock = async (tx: Tx, bookingId: string): Promise<string[]> => [
  calendarLock((await loadAppointment(tx, bookingId)).providerId),
]

/** Turned down: its place is free again at once. */
export async function declined(
  tx: Tx,
  row: AppointmentRow,
  { by, reason, now }: { by: 'business' | 'system'; reason: string | null; now: Date },
): Promise<Plan> {
  const status = appointmentLife.next(row.status, 'decline')
  const said = appointmentDeclined(row.id, { ...momentOf(row), declinedBy: by, reason })
  const facts = await factsAround(tx, row.providerId, row.serviceId, row.startsAt.getTime())
  return merge(turned(row, status, said), leavePlace(facts, row, now))
}

/** What became of it, once it has begun. Its time stays taken: it was spent. */
export async function closed(
  tx: Tx,
  bookingId: string,
  action: 'complete' | 'mark_no_show',
  happened: typeof appointmentCompleted | typeof appointmentNoShow,
  now: Date,
) {
  const row = await loadAppointment(tx, bookingId)
  const status = appointmentLife.next(row.status, action)
  const early = whyNotClosed(row.startsAt.getTime(), now.getTime())
  if (early) refuse('conflict', early, { startTime: rfc3339(row.startsAt) })
  const said = (happened as typeof appointmentCompleted)(row.id, momentOf(row))
  return { plan: turned(row, status, said), view: bookingView({ ...row, status }) }
}

/** A change of status alone, and what is said of it. */
export const turned = (row: AppointmentRow, status: AppointmentStatus, event: NewEvent): Plan => ({
  events: [event],
  write: [(tx) => tx.update(appointment).set({ status }).where(eq(appointment.id, row.id))],
})

/** Gives back the place of an appointment that no longer takes it. Its own row is written first: seats are counted. */
export function leavePlace(facts: CalendarFacts, row: AppointmentRow, now: Date): Plan {
  const group = row.slotId ? facts.slots.find((s) => s.id === row.slotId) : undefined
  if (group) return freeSeats(facts, group, { bookingId: row.id, seats: row.seats }, now)
  if (row.slotId) return { events: [], write: [(tx) => recount(tx, row.slotId as string)] }
  const taken = facts.busy.find((o) => o.refId === row.id)
  if (!taken) return { events: [], write: [] }
  const place = { availabilityId: taken.id, slotId: null, startsAt: taken.startsAt, endsAt: taken.endsAt }
  return release(facts, place, 'booked', row.id, now)
}

/** A calendar as it is for whoever has just left their place in another (`left`), which the database does not know yet. */
export function withoutPlace(facts: CalendarFacts, left: CalendarFacts, row: AppointmentRow): void {
  const closed = left.slots.some((s) => s.id === row.slotId) ? null : row.slotId
  facts.busy = facts.busy.filter((o) => o.refId !== row.id && o.refId !== closed)
  facts.slots = facts.slots
    .filter((s) => s.id !== closed)
    .map((s) => left.slots.find((o) => o.id === s.id) ?? s)
}

export const lengthOf = ({ startsAt, endsAt }: AppointmentRow): number =>
  endsAt.getTime() - startsAt.getTime()

/** Whoever has a time of their own keeps its length, whatever the service takes by now; a group has its own. */
export const asLong = (facts: CalendarFacts, row: AppointmentRow): CalendarFacts =>
  row.slotId === null && facts.service.capacity === 1 ? lasting(facts, lengthOf(row)) : facts

export const momentOf = (row: AppointmentRow) => ({
  bookingId: row.id,
  businessId: row.tenantId,
  providerId: row.providerId,
  serviceId: row.serviceId,
  clientId: row.contactId,
  startTime: rfc3339(row.startsAt),
  endTime: rfc3339(row.endsAt),
})

/** Where a booking is after a change: the same link while it stays online, for that is what was told. */
export const meetAnew = async (
  tx: Tx,
  row: AppointmentRow,
  about: ReturnType<typeof meetingOf>,
): Promise<Meeting> => {
  const meeting = await meetAt(tx, about)
  const stays = row.place === about.place && row.providerId === about.providerId
  return stays ? { ...meeting, meetingLink: row.meetingLink ?? meeting.meetingLink } : meeting
}

/** The row as a fold of its events gives it. */
export const asFolded = (row: AppointmentRow): Appointment => {
  const { businessId: _, ...moment } = momentOf(row)
  const { amount: totalAmount, ...policy } = row.terms
  return {
    ...moment,
    slotId: row.slotId,
    timeZone: row.timeZone,
    place: row.place,
    seats: row.seats,
    totalAmount,
    ...policy,
    requiresPayment: false,
    requiresApproval: row.requiresApproval,
    decideBy: row.decideBy && rfc3339(row.decideBy),
    status: row.status,
  }
}

/** A slot that is elsewhere in time or space: `was` is the place it named before. */
type Moved = { slotId: string; startsAt: number; endsAt: number; was: Where | null; place: Where | null }

/** Whoever has a seat in a slot goes where it goes, and is told by what follows from the event. */
export async function followSlots(
  tx: Tx,
  { rules }: Pick<CalendarTime, 'rules'>,
  { given }: { given: Way },
  moved: readonly Moved[],
): Promise<Plan> {
  if (moved.length === 0) return { events: [], write: [] }
  const to = new Map(moved.map((each) => [each.slotId, each]))
  const rows = await tx
    .select()
    .from(appointment)
    .where(
      and(inArray(appointment.slotId, [...to.keys()]), inArray(appointment.status, ['pending', 'confirmed'])),
    )
    .orderBy(appointment.id)
  const follows = await Promise.all(
    rows.map(async (row) => {
      const at = to.get(row.slotId as string)
      if (!at) throw new Error(`appointment ${row.id} follows no slot`)
      const place = at.was === at.place ? row.place : (placeFor(given, at.place, rules.place) ?? null)
      const about = { bookingId: row.id, providerId: row.providerId, place, timeZone: rules.timeZone }
      const { timeZone, meetingLink } = row
      const meeting = place === row.place ? { place, timeZone, meetingLink } : await meetAt(tx, about)
      const startsAt = new Date(at.startsAt)
      // Who has not been answered yet is answered before it begins.
      const tooLate = row.status === 'pending' && row.decideBy !== null && row.decideBy > startsAt
      const asked = tooLate ? { decideBy: startsAt } : {}
      return { row, after: { startsAt, endsAt: new Date(at.endsAt), ...meeting, ...asked }, meeting }
    }),
  )
  return {
    events: follows.flatMap(({ row, after, meeting }) => {
      const moment = momentOf({ ...row, ...after })
      const moved = appointmentRescheduled(row.id, {
        ...moment,
        slotId: row.slotId,
        previousStartTime: rfc3339(row.startsAt),
        previousEndTime: rfc3339(row.endsAt),
        ...meeting,
        previousPlace: row.place,
      })
      const { decideBy } = after
      return decideBy
        ? [moved, appointmentApprovalRequested(row.id, { ...moment, decideBy: rfc3339(decideBy) })]
        : [moved]
    }),
    write: follows.map(
      ({ row, after }) =>
        (t) =>
          t.update(appointment).set(after).where(eq(appointment.id, row.id)),
    ),
  }
}
