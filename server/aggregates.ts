import './aggregates-notification'
import { and, eq, isNotNull, ne } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import * as table from '@/db/schema'
import * as invitationEvents from './auth/invitation/events'
import { evolveInvitation } from './auth/invitation/model'
import * as membershipEvents from './auth/membership/events'
import { evolveMembership } from './auth/membership/model'
import * as userEvents from './auth/user/events'
import { evolveUser } from './auth/user/model'
import { asFolded } from './booking/appointment/capabilities'
import * as appointmentEvents from './booking/appointment/events'
import { evolveAppointment } from './booking/appointment/model'
import * as waitlistEvents from './booking/waitlist/events'
import { evolveWaitlist } from './booking/waitlist/model'
import * as businessEvents from './business/business/events'
import { evolveBusiness } from './business/business/model'
import * as contactEvents from './business/contact/events'
import { evolveContact } from './business/contact/model'
import * as providerEvents from './business/provider/events'
import { evolveProvider, type Provider } from './business/provider/model'
import * as serviceEvents from './business/service/events'
import { evolveService } from './business/service/model'
import type { Role } from './core/actor'
import { rfc3339 } from './core/fields'
import { defineAggregate, type Named } from './core/fold'
import { platformTenant } from './core/id'
import { all, is, told } from './core/rows'
import * as venueEvents from './location/venue/events'
import { evolveVenue } from './location/venue/model'
import * as eventEvents from './platform/event/events'
import * as subjectEvents from './platform/subject/events'
import { evolveSubject } from './platform/subject/model'
import * as workflowEvents from './platform/workflow/events'
import * as calendarEvents from './scheduling/calendar/events'
import { type CalendarState, evolveCalendar } from './scheduling/calendar/model-fold'
import * as holdEvents from './scheduling/hold/events'
import { evolveHold } from './scheduling/hold/model'
import * as outsideEvents from './scheduling/outside/events'
import { evolveOutside } from './scheduling/outside/model'
import * as seriesEvents from './scheduling/series/events'
import { evolveSeries } from './scheduling/series/model'
import * as slotEvents from './scheduling/slot/events'
import { evolveSlot } from './scheduling/slot/model'

/**
 * Every aggregate: how its events fold, and how its rows tell the same state. What a fold cannot say (personal fields,
 * instants of bookkeeping) is left out of both.
 */

defineAggregate({
  events: businessEvents,
  evolve: evolveBusiness,
  rows: async (db, only) => {
    const t = table.business
    const rows = await db
      .select()
      .from(t)
      .where(is(t.tenantId, t.tenantId, only))
    return told(rows, ({ tenantId, createdAt: _, ...state }) => ({ tenantId, id: tenantId, state }))
  },
})

defineAggregate({
  events: serviceEvents,
  evolve: evolveService,
  rows: async (db, only) =>
    told(await all(db, table.service, only), ({ tenantId, id, ...s }) => ({
      tenantId,
      id,
      state: { ...s, serviceId: id },
    })),
})

defineAggregate({
  events: venueEvents,
  evolve: evolveVenue,
  rows: async (db, only) =>
    told(
      await all(db, table.venue, only),
      ({ tenantId, id, access: _a, note: _n, plainName: _p, plainCity: _c, ...state }) => ({
        tenantId,
        id,
        state: { ...state, venueId: id },
      }),
    ),
})

defineAggregate({
  events: providerEvents,
  evolve: evolveProvider,
  rows: async (db, only) => {
    const t = table.provider
    const of = table.providerService
    const rows = await db
      .select()
      .from(t)
      .where(is(t.tenantId, t.id, only))
    const offers = await db
      .select()
      .from(of)
      .where(is(of.tenantId, of.providerId, only))
    const offered = Map.groupBy(offers, (o) => o.providerId)
    return told(rows, ({ tenantId, id, roomLink: _, ...p }) => ({
      tenantId,
      id,
      state: { ...p, providerId: id, serviceIds: (offered.get(id) ?? []).map((o) => o.serviceId) },
    }))
  },
  align: (folded: Provider, kept) => [inOrder(folded), inOrder(kept)],
})

const inOrder = <P extends { serviceIds: string[] }>(p: P): P => ({
  ...p,
  serviceIds: [...p.serviceIds].sort(),
})

defineAggregate({
  events: contactEvents,
  evolve: evolveContact,
  rows: async (db, only) => {
    const t = table.contact
    const rows = await db
      .select({
        tenantId: t.tenantId,
        id: t.id,
        userId: t.userId,
        mergedInto: t.mergedInto,
        erasedAt: t.erasedAt,
      })
      .from(t)
      .where(is(t.tenantId, t.id, only))
    const of = table.contactNote
    const notes = await db
      .select({ id: of.id, contactId: of.contactId })
      .from(of)
      .where(is(of.tenantId, of.contactId, only))
      .orderBy(of.createdAt, of.id)
    const notesOf = Map.groupBy(notes, (note) => note.contactId)
    return told(rows, ({ tenantId, id, userId, mergedInto, erasedAt }) => ({
      tenantId,
      id,
      state: {
        userId,
        mergedInto,
        notes: (notesOf.get(id) ?? []).map((note) => note.id),
        erased: erasedAt !== null,
      },
    }))
  },
})

defineAggregate({
  events: membershipEvents,
  evolve: evolveMembership,
  rows: async (db, only) =>
    told(await all(db, table.membership, only), ({ tenantId, id, userId, role, revokedAt }) => ({
      tenantId,
      id,
      state: { userId, role: role as Role, status: revokedAt ? ('revoked' as const) : ('active' as const) },
    })),
})

defineAggregate({
  events: invitationEvents,
  evolve: evolveInvitation,
  rows: async (db, only) =>
    told(await all(db, table.invitation, only), ({ tenantId, id, role, invitedBy, status }) => ({
      tenantId,
      id,
      state: { role, invitedBy, status },
    })),
})

defineAggregate({
  events: userEvents,
  evolve: evolveUser,
  rows: async (db, only) => {
    const t = table.user
    const rows = await db
      .select({ id: t.id, erasedAt: t.erasedAt })
      .from(t)
      .where(only && eq(t.id, only.id))
    return told(rows, ({ id, erasedAt }) => ({
      tenantId: platformTenant,
      id,
      state: { erased: erasedAt !== null },
    }))
  },
})

defineAggregate({
  events: calendarEvents,
  evolve: evolveCalendar,
  rows: calendarRows,
  // A slot that nobody ever touched is in no event of the calendar, and one that is gone is in no row.
  align: ({ seats, ...folded }: CalendarState, { capacity, ...kept }) => {
    const said = Object.entries(capacity).map(([id, all]) => [id, seats[id] ?? all])
    return [{ ...folded, seats: Object.fromEntries(said) }, kept]
  },
})

const standing = { hold: 'held', appointment: 'booked', block: 'blocked' } as const

async function calendarRows(db: Db | Tx, only?: Named) {
  const { calendar, occupancy, slot } = table
  const calendars = await db
    .select()
    .from(calendar)
    .where(is(calendar.tenantId, calendar.providerId, only))
  const taken = await db
    .select()
    .from(occupancy)
    .where(and(is(occupancy.tenantId, occupancy.providerId, only), ne(occupancy.kind, 'slot')))
  const slots = await db
    .select()
    .from(slot)
    .where(and(is(slot.tenantId, slot.providerId, only), ne(slot.status, 'deleted')))
  const takenBy = Map.groupBy(taken, (o) => o.providerId)
  const slotsOf = Map.groupBy(slots, (s) => s.providerId)
  return calendars.map(({ tenantId, providerId: id, rules }) => ({
    tenantId,
    id,
    state: {
      rules,
      taken: Object.fromEntries((takenBy.get(id) ?? []).map((o) => [o.id, takenTime(o)])),
      seats: Object.fromEntries((slotsOf.get(id) ?? []).map((s) => [s.id, s.capacity - s.taken])),
      capacity: Object.fromEntries((slotsOf.get(id) ?? []).map((s) => [s.id, s.capacity])),
    },
  }))
}

const takenTime = (o: typeof table.occupancy.$inferSelect): CalendarState['taken'][string] => ({
  ...times(o.startsAt, o.endsAt),
  status: o.kind === 'slot' ? 'booked' : standing[o.kind],
  bookingId: o.kind === 'appointment' ? o.refId : null,
})

defineAggregate({
  events: holdEvents,
  evolve: evolveHold,
  rows: async (db, only) =>
    told(
      await all(db, table.hold, only),
      ({ tenantId, id, holder: _h, network: _n, startsAt, endsAt, expiresAt, ...h }) => ({
        tenantId,
        id,
        state: { ...h, holdId: id, ...times(startsAt, endsAt), expiresAt: expiresAt.toISOString() },
      }),
    ),
})

defineAggregate({
  events: slotEvents,
  evolve: evolveSlot,
  rows: async (db, only) =>
    told(await all(db, table.slot, only), ({ tenantId, id, startsAt, endsAt, capacity, taken: _, ...s }) => ({
      tenantId,
      id,
      state: { ...s, ...times(startsAt, endsAt), maxBookings: capacity },
    })),
})

defineAggregate({
  events: outsideEvents,
  evolve: evolveOutside,
  rows: async (db, only) => {
    const b = table.outsideBusy
    const busy = await db
      .select()
      .from(b)
      .where(is(b.tenantId, b.outsideId, only))
    const of = Map.groupBy(busy, (each) => each.outsideId)
    return told(
      await all(db, table.outsideCalendar, only),
      ({ tenantId, id, providerId, status, failure }) => {
        const stretches = (of.get(id) ?? []).map(
          (each) => `${rfc3339(each.startsAt)}/${rfc3339(each.endsAt)}`,
        )
        return { tenantId, id, state: { providerId, status, failure, busy: stretches.sort() } }
      },
    )
  },
})

defineAggregate({
  events: seriesEvents,
  evolve: evolveSeries,
  rows: async (db, only) =>
    told(
      await all(db, table.series, only),
      ({ tenantId, id, capacity, nextOn: _n, correlationId: _r, createdAt: _c, ...s }) => ({
        tenantId,
        id,
        state: { ...s, maxBookings: capacity },
      }),
    ),
})

defineAggregate({
  events: appointmentEvents,
  evolve: evolveAppointment,
  rows: async (db, only) =>
    told(await all(db, table.appointment, only), (row) => ({
      tenantId: row.tenantId,
      id: row.id,
      state: asFolded(row),
    })),
})

defineAggregate({
  events: waitlistEvents,
  evolve: evolveWaitlist,
  rows: async (db, only) =>
    told(
      await all(db, table.waitlist, only),
      ({ tenantId, id, contactId, providerIds: _p, joinedAt: _j, overAt: _o, ...w }) => ({
        tenantId,
        id,
        state: { ...w, waitlistId: id, clientId: contactId },
      }),
    ),
})

defineAggregate({
  events: subjectEvents,
  evolve: evolveSubject,
  rows: async (db, only) => {
    const t = table.subjectKey
    const rows = await db
      .select({ tenantId: t.tenantId, id: t.subjectId })
      .from(t)
      .where(and(is(t.tenantId, t.subjectId, only), isNotNull(t.shreddedAt)))
    return told(rows, ({ tenantId, id }) => ({ tenantId, id, state: { erased: true as const } }))
  },
})

const said = (): Record<string, never> => ({})

/** The audit trail of handling: the log alone keeps it. */
defineAggregate({
  events: eventEvents,
  evolve: {
    'platform.event.dead_lettered.v1': said,
    'platform.event.replayed.v1': said,
    'platform.event.discarded.v1': said,
  },
  rows: null,
})

defineAggregate({ events: workflowEvents, evolve: { 'platform.workflow.compensated.v1': said }, rows: null })

const times = (startsAt: Date, endsAt: Date) => ({ startTime: rfc3339(startsAt), endTime: rfc3339(endsAt) })
