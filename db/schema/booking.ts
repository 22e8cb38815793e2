import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Terms } from '../../server/booking/appointment/model'
import { appointmentStatuses } from '../../server/booking/appointment/model'
import { type Offer, type Wish, waitlistStatuses } from '../../server/booking/waitlist/model'
import type { Where } from '../../server/location/venue/model-place'
import { instant, tenantId } from './columns'

export const appointment = pgTable(
  'appointment',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    providerId: uuid('provider_id').notNull(),
    serviceId: uuid('service_id').notNull(),
    slotId: uuid('slot_id'),
    contactId: uuid('contact_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    timeZone: text('time_zone').notNull(),
    /** A venue's id, or `online`; null where none was told. */
    place: text('place').$type<Where>(),
    /** Personal: told to who booked. */
    meetingLink: text('meeting_link'),
    seats: integer('seats').notNull(),
    status: text('status', { enum: appointmentStatuses }).notNull(),
    /** Price and policy as they stood when it was booked. */
    terms: jsonb('terms').$type<Terms>().notNull(),
    requiresApproval: boolean('requires_approval').notNull().default(false),
    /** Until when somebody has to say yes; then it is no. */
    decideBy: instant('decide_by'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('appointment_by_provider').on(t.tenantId, t.providerId, t.startsAt),
    index('appointment_by_contact').on(t.tenantId, t.contactId),
    index('appointment_undecided').on(t.tenantId, t.decideBy).where(sql`status = 'pending'`),
    index('appointment_by_slot').on(t.tenantId, t.slotId),
    check('appointment_seats', sql`${t.seats} >= 1 and ${t.startsAt} < ${t.endsAt}`),
  ],
)

/** Who waits for a time, in the order of `joined_at`. */
export const waitlist = pgTable(
  'waitlist',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    serviceId: uuid('service_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    seats: integer('seats').notNull(),
    wish: jsonb('wish').$type<Wish>().notNull(),
    /** Those of the wish, to find whom a calendar's change concerns. */
    providerIds: uuid('provider_ids').array().notNull(),
    status: text('status', { enum: waitlistStatuses }).notNull(),
    /** The last one made. */
    offer: jsonb('offer').$type<Offer>(),
    joinedAt: instant('joined_at').notNull(),
    /** From then on no time can be what was wished for. */
    overAt: instant('over_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('waitlist_by_id').on(t.id),
    uniqueIndex('waitlist_one_offer_a_hold').on(t.tenantId, sql`(offer->>'holdId')`),
    index('waitlist_in_order').on(t.tenantId, t.joinedAt).where(sql`status in ('waiting', 'offered')`),
    index('waitlist_by_end').on(t.overAt).where(sql`status = 'waiting'`),
    index('waitlist_by_contact').on(t.tenantId, t.contactId),
  ],
)
