import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb, type Tx } from '@/db/client'
import { appointment, business, contact, provider, service } from '@/db/schema'
import { logoPath } from '@/server/business/business/model'
import { mayRead } from '@/server/core/actor'
import type { Call } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { definitionOf, type StoredEvent } from '@/server/core/events'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { fold, nothing } from '@/server/core/fold'
import { type LogRow, open, readAggregate } from '@/server/core/log'
import { bearerOf, members } from '@/server/core/policy'
import { inTenant, query } from '@/server/core/query'
import type { Where } from '@/server/location/venue/model-place'
import { forGuest, toldOf } from '@/server/location/venue/model-told'
import { destinationsOf } from '@/server/location/venue/queries'
import { tenantOfProvider } from '@/server/scheduling/calendar/queries'
import type { AppointmentRow } from './capabilities'
import {
  type Appointment,
  type AppointmentStatus,
  evolveAppointment,
  isExpected,
  isOver,
  movableUntil,
} from './model'
import { asksAnew, isOvertaken, lastTimed, undoneIn } from './model-history'

export async function tenantOfAppointment(bookingId: string): Promise<string | null> {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_of('appointment', ${bookingId}) as tenant`,
  )
  return row?.tenant ?? null
}

/** Whose place a slot still is: asked by the workflow that follows the slot's end,. */
export async function appointmentsInSlot(tenantId: string, slotId: string): Promise<string[]> {
  return inTenant(tenantId, async (tx) => {
    const rows = await tx
      .select({ id: appointment.id })
      .from(appointment)
      .where(and(eq(appointment.slotId, slotId), inArray(appointment.status, ['pending', 'confirmed'])))
      .orderBy(appointment.id)
    return rows.map((r) => r.id)
  })
}

export const outstandingOf = (row: Pick<AppointmentRow, 'status' | 'requiresApproval'>) =>
  row.status === 'pending' && row.requiresApproval ? (['approval'] as const).slice() : []

/** What was booked in the same go: same person, same instant. The one itself among them, in order of time. */
async function sameGo(
  tx: Tx,
  row: Pick<AppointmentRow, 'contactId' | 'createdAt'>,
  only: SQL | undefined = undefined,
) {
  const rows = await tx
    .select({
      id: appointment.id,
      startsAt: appointment.startsAt,
      endsAt: appointment.endsAt,
      status: appointment.status,
      place: appointment.place,
      meetingLink: appointment.meetingLink,
    })
    .from(appointment)
    .where(and(eq(appointment.contactId, row.contactId), eq(appointment.createdAt, row.createdAt), only))
    .orderBy(appointment.startsAt, appointment.id)
  return rows.map(({ id: bookingId, startsAt, endsAt, status, place, meetingLink }) => ({
    id: bookingId,
    place,
    meetingLink: isExpected(status) ? meetingLink : null,
    startTime: rfc3339(startsAt),
    endTime: rfc3339(endsAt),
    status,
  }))
}

/** What was booked in the same go and had the same answer, as all of it was then: one letter tells of it. */
export async function bornWith(tx: Tx, row: AppointmentRow) {
  const all = await sameGo(tx, row, eq(appointment.requiresApproval, row.requiresApproval))
  if (all.length < 2) return all
  const births = await tx.execute<{ id: string; start: string; end: string; place: Where | null }>(sql`
    select aggregate_id as id, data->>'startTime' as start, data->>'endTime' as end, data->>'place' as place
    from event_log
    where tenant_id = ${row.tenantId} and aggregate_type = 'booking.appointment' and version = 1
      and aggregate_id = any(${sql.param(all.map((one) => one.id))}::uuid[])`)
  const born = new Map(births.map((birth) => [birth.id, birth]))
  return all
    .map((one) => {
      const { start = one.startTime, end = one.endTime, place = one.place } = born.get(one.id) ?? {}
      return { ...one, startTime: start, endTime: end, place }
    })
    .sort((a, b) => a.startTime.localeCompare(b.startTime) || a.id.localeCompare(b.id))
}

/** How a booking stood after one of its events, which is not always how it stands. */
export const statusThen = (history: readonly LogRow[], version: number): AppointmentStatus | null => {
  const until = history.filter((event) => event.version <= version)
  return (fold(until, nothing, evolveAppointment).state as Appointment | null)?.status ?? null
}

/** How a booking stands, and what one of its events is worth by now. */
export async function standingOf(
  tx: Tx,
  { tenantId, aggregateId, version }: Pick<StoredEvent, 'tenantId' | 'aggregateId' | 'version'>,
  now = Date.now(),
) {
  const [row] = await tx.select().from(appointment).where(eq(appointment.id, aggregateId))
  if (!row) return null
  const history = await readAggregate(tx, tenantId, 'booking.appointment', aggregateId)
  return {
    status: row.status,
    statusThen: statusThen(history, version),
    startTime: rfc3339(row.startsAt),
    /** Whose letter tells how it was born. */
    toldWith: (await bornWith(tx, row))[0]?.id ?? row.id,
    undone: undoneIn(history).includes(version),
    overtaken: isOvertaken(history, version, now),
    asksAnew: asksAnew(history, version),
    saysWhen: lastTimed(history) === version,
  }
}

/** A booking as the public interface shows it. */
export const bookingView = (row: AppointmentRow) => ({
  id: row.id,
  status: row.status,
  /** What a pending booking waits for. */
  outstanding: outstandingOf(row),
  decideBy: row.decideBy && row.status === 'pending' ? rfc3339(row.decideBy) : null,
  providerId: row.providerId,
  serviceId: row.serviceId,
  startTime: rfc3339(row.startsAt),
  endTime: rfc3339(row.endsAt),
  timeZone: row.timeZone,
  place: row.place,
  meetingLink: isExpected(row.status) ? row.meetingLink : null,
  seats: row.seats,
  price: { amount: row.terms.amount, currency: row.terms.currency },
  policy: { freeUntilHours: row.terms.freeUntilHours, lateFeePercent: row.terms.lateFeePercent },
})

/** What happened to a booking, as far as the caller may know it, with the time it had after that. */
async function historyOf(tx: Tx, call: Call, tenantId: string, bookingId: string) {
  const events = await readAggregate(tx, tenantId, 'booking.appointment', bookingId)
  return events
    .filter((e) => {
      const definition = definitionOf(e.type)
      return definition && mayRead(call.actor, definition, { tenantId, aggregateId: e.aggregate_id })
    })
    .map((e) => ({
      type: e.type,
      time: rfc3339(Date.parse(e.recorded_at)),
      sequence: e.version,
      startTime: String(e.data.startTime),
    }))
}

export const getBooking = query({
  name: 'booking.appointment.get',
  input: z.strictObject({ id }),
  may: bearerOf('appointment', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  resource: ({ id }) => id,
  run: async (tx, input, { call, tenantId }) => {
    const [row] = await tx.select().from(appointment).where(eq(appointment.id, input.id))
    if (!row) refuse('not_found')
    const history = await historyOf(tx, call, tenantId, row.id)
    const said = history.map(({ type, time, sequence }) => ({ type, time, sequence }))
    const venues = await destinationsOf(tx, [row.place])
    const found = row.place === null ? undefined : venues.get(row.place)
    const venue = found ? forGuest(found, isExpected(row.status)) : null
    return { ...bookingView(row), venue, history: said }
  },
})

/** What clients answered when they booked: sealed, and gone with who said it. */
export async function answersOf(
  tx: Tx,
  tenantId: string,
  bookingIds: readonly string[],
): Promise<Map<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>()
  for (const bookingId of bookingIds) {
    const [born] = await readAggregate(tx, tenantId, 'booking.appointment', bookingId)
    const event = born?.data.answers ? await open(tx, born) : null
    if (event?.data.answers) found.set(bookingId, event.data.answers as Record<string, string>)
  }
  return found
}

/** A booking with the names a page shows. */
export const showBooking = query({
  name: 'booking.appointment.show',
  input: z.strictObject({ id }),
  may: bearerOf('appointment', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  resource: ({ id }) => id,
  run: async (tx, input, { call, tenantId }) => {
    const [found] = await tx
      .select({
        row: appointment,
        service: service.name,
        provider: provider.name,
        business: {
          name: business.name,
          slug: business.slug,
          language: business.language,
          accent: business.accent,
          logo: business.logo,
        },
      })
      .from(appointment)
      .innerJoin(service, eq(service.id, appointment.serviceId))
      .innerJoin(provider, eq(provider.id, appointment.providerId))
      .innerJoin(business, eq(business.tenantId, appointment.tenantId))
      .where(eq(appointment.id, input.id))
    if (!found) refuse('not_found')
    const { row, ...names } = found
    const limit = movableUntil(row.startsAt.getTime(), row.terms)
    const venues = await destinationsOf(tx, [row.place])
    return {
      ...bookingView(row),
      told: toldOf({ ...row, isExpected: isExpected(row.status) }, venues),
      ...names,
      business: { ...names.business, logo: logoPath(names.business) },
      requiresApproval: row.requiresApproval,
      begun: row.startsAt.getTime() <= Date.now(),
      over: isOver({ status: row.status, endsAt: row.endsAt.getTime() }, Date.now()),
      movable: Date.now() < limit,
      movableUntil: rfc3339(limit),
      history: await historyOf(tx, call, tenantId, row.id),
      sameGo: (await sameGo(tx, row)).map((other) => ({
        ...other,
        token: resourceToken('appointment', other.id),
      })),
    }
  },
})

/** Newest first, a page at a time by key. */
export const listAppointments = query({
  name: 'booking.appointment.list',
  input: z.strictObject({
    businessId: id,
    limit: z.int().min(1).max(100).default(50),
    before: z.strictObject({ startTime: instant, id }).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { limit, before }) => {
    const rows = await tx
      .select({ row: appointment, clientName: contact.name })
      .from(appointment)
      .leftJoin(contact, eq(contact.id, appointment.contactId))
      .where(
        before
          ? sql`(${appointment.startsAt}, ${appointment.id}) < (${before.startTime}::timestamptz, ${before.id})`
          : undefined,
      )
      .orderBy(desc(appointment.startsAt), desc(appointment.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit).map(({ row, clientName }) => ({ ...bookingView(row), clientName }))
    const last = page.at(-1)
    return {
      appointments: page,
      before: rows.length > limit && last ? { startTime: last.startTime, id: last.id } : null,
    }
  },
})

/** How many bookings each of a business's providers has ahead: who has the fewest is asked first. */
export async function bookingsAhead(providerIds: readonly string[]): Promise<Map<string, number>> {
  const [first] = providerIds
  const tenantId = first ? await tenantOfProvider(first) : null
  if (!tenantId) return new Map()
  return inTenant(tenantId, async (tx) => {
    const rows = await tx
      .select({ providerId: appointment.providerId, n: sql<number>`count(*)::int` })
      .from(appointment)
      .where(
        and(
          inArray(appointment.providerId, [...providerIds]),
          inArray(appointment.status, ['pending', 'confirmed']),
          sql`${appointment.startsAt} > now()`,
        ),
      )
      .groupBy(appointment.providerId)
    return new Map(rows.map((r) => [r.providerId, r.n]))
  })
}
