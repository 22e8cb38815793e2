import { sql } from 'drizzle-orm'
import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Where } from '../../server/location/venue/model-place'
import type { Rules } from '../../server/scheduling/calendar/model'
import { holdStatuses } from '../../server/scheduling/hold/model'
import { outsideStatuses, type Validators } from '../../server/scheduling/outside/model'
import { seriesStatuses } from '../../server/scheduling/series/model'
import { slotOrigins, slotStatuses } from '../../server/scheduling/slot/model'
import { bytea, instant, tenantId, tstzrange } from './columns'

/** A provider's hours. Its id is the provider's; its lock is the lock on the provider's time. */
export const calendar = pgTable(
  'calendar',
  {
    tenantId: tenantId(),
    providerId: uuid('provider_id').notNull(),
    rules: jsonb('rules').$type<Rules>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.providerId] })],
)

/**
 * Time a provider cannot give twice: a hold, an appointment, a block, or a written slot. `busy` includes the buffers
 * and carries the exclusion (in the migration); reads compare the plain columns.
 */
export const occupancy = pgTable(
  'occupancy',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    providerId: uuid('provider_id').notNull(),
    kind: text('kind', { enum: ['hold', 'appointment', 'block', 'slot'] }).notNull(),
    refId: uuid('ref_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    busyFrom: instant('busy_from').notNull(),
    busyTo: instant('busy_to').notNull(),
    busy: tstzrange('busy').generatedAlwaysAs(sql`tstzrange(busy_from, busy_to, '[)')`),
    expiresAt: instant('expires_at'),
    /** What a block is for, in the words of those who work here. */
    label: text('label'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('occupancy_by_time').on(t.tenantId, t.providerId, t.busyTo, t.busyFrom),
    index('occupancy_by_ref').on(t.tenantId, t.refId),
    check(
      'occupancy_is_ordered',
      sql`${t.busyFrom} <= ${t.startsAt} and ${t.startsAt} < ${t.endsAt} and ${t.endsAt} <= ${t.busyTo}`,
    ),
  ],
)

export const slot = pgTable(
  'slot',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    providerId: uuid('provider_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    capacity: integer('capacity').notNull(),
    /** Seats of live holds and appointments: recomputed by every verb that changes them, never incremented. */
    taken: integer('taken').notNull().default(0),
    origin: text('origin', { enum: slotOrigins }).notNull(),
    status: text('status', { enum: slotStatuses }).notNull(),
    seriesId: uuid('series_id'),
    occursOn: date('occurs_on'),
    place: text('place').$type<Where>(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('slot_by_time').on(t.tenantId, t.providerId, t.startsAt),
    uniqueIndex('slot_once_a_day_of_its_series')
      .on(t.tenantId, t.seriesId, t.occursOn)
      .where(sql`status <> 'deleted'`),
    check('slot_never_oversold', sql`${t.taken} >= 0 and ${t.taken} <= ${t.capacity}`),
    check('slot_is_ordered', sql`${t.startsAt} < ${t.endsAt} and ${t.capacity} >= 1`),
  ],
)

/** A written slot that comes again and again: the rule, and how far it was written out. */
export const series = pgTable(
  'series',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    providerId: uuid('provider_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    rrule: text('rrule').notNull(),
    startDate: date('start_date').notNull(),
    time: text('time').notNull(),
    timeZone: text('time_zone').notNull(),
    exDates: jsonb('ex_dates').$type<string[]>().notNull(),
    durationMinutes: integer('duration_minutes').notNull(),
    place: text('place').$type<Where>(),
    capacity: integer('capacity').notNull(),
    status: text('status', { enum: seriesStatuses }).notNull(),
    /** The last day that was looked at. */
    writtenThrough: date('written_through').notNull(),
    /** The first day after it that is still to be written; none when the rule has no more. */
    nextOn: date('next_on'),
    /** What its slots have in common in the log. */
    correlationId: uuid('correlation_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('series_to_write').on(t.nextOn).where(sql`status = 'active'`),
    check('series_is_possible', sql`${t.durationMinutes} > 0 and ${t.capacity} >= 1`),
  ],
)

export const hold = pgTable(
  'hold',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    providerId: uuid('provider_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    slotId: uuid('slot_id'),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    place: text('place').$type<Where>(),
    seats: integer('seats').notNull(),
    holder: text('holder').notNull(),
    /** A hash of where it was asked from. */
    network: text('network'),
    status: text('status', { enum: holdStatuses }).notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('hold_by_slot').on(t.tenantId, t.slotId).where(sql`status = 'active'`),
    index('hold_by_holder').on(t.tenantId, t.holder).where(sql`status = 'active'`),
    index('hold_by_network').on(t.tenantId, t.network).where(sql`status = 'active'`),
    index('hold_by_time').on(t.tenantId, t.providerId, t.startsAt).where(sql`status <> 'used'`),
    check('hold_seats', sql`${t.seats} >= 1`),
  ],
)

/** A calendar elsewhere whose events count as busy: where it is read, how far it was read, and since when it cannot be. */
export const outsideCalendar = pgTable(
  'outside_calendar',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    providerId: uuid('provider_id').notNull(),
    label: text('label'),
    /** Sealed: whoever has it reads somebody's calendar. Gone once it is disconnected. */
    address: bytea('address'),
    status: text('status', { enum: outsideStatuses }).notNull(),
    /** By what a server tells that nothing changed, and for what its last answer was read. */
    validators: jsonb('validators').$type<Validators>(),
    checkedAt: instant('checked_at'),
    /** When it was last known to say what we say. */
    currentAt: instant('current_at'),
    dueAt: instant('due_at').notNull(),
    failure: text('failure'),
    failingSince: instant('failing_since'),
    failures: integer('failures').notNull().default(0),
    /** Entries that could not be understood. */
    leftOut: integer('left_out').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('outside_calendar_by_provider').on(t.tenantId, t.providerId),
    index('outside_calendar_due').on(t.dueAt).where(sql`status = 'connected'`),
  ],
)

/** When an outside calendar says that a provider is busy: apart within one calendar, whatever else stands there. */
export const outsideBusy = pgTable(
  'outside_busy',
  {
    tenantId: tenantId(),
    outsideId: uuid('outside_id').notNull(),
    providerId: uuid('provider_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.outsideId, t.startsAt] }),
    index('outside_busy_by_time').on(t.tenantId, t.providerId, t.endsAt, t.startsAt),
    check('outside_busy_is_ordered', sql`${t.startsAt} <= ${t.endsAt}`),
  ],
)
