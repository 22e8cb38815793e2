import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Terms } from '../../server/booking/appointment/model'
import { appointmentStatuses } from '../../server/booking/appointment/model'
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
