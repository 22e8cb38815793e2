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
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { invitationStatuses } from '../../server/auth/invitation/model'
import { providerStatuses } from '../../server/business/provider/model'
import { serviceStatuses } from '../../server/business/service/model'
import type { Question } from '../../server/business/service/model-questions'
import { roles } from '../../server/core/actor'
import { ways } from '../../server/location/venue/model-place'
import { bytea, instant, tenantId } from './columns'

/** A tenant. `tenant_id` is its own id, so that one policy serves every table. */
export const business = pgTable(
  'business',
  {
    tenantId: tenantId().primaryKey(),
    name: text('name').notNull(),
    slug: text('slug').notNull().unique(),
    timeZone: text('time_zone').notNull(),
    currency: text('currency').notNull(),
    language: text('language').notNull(),
    accent: text('accent'),
    logo: text('logo'),
    ownerId: uuid('owner_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [check('business_slug_is_a_label', sql`${t.slug} ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'`)],
)

/** The picture of a business, as we drew it. One a business. */
export const businessLogo = pgTable('business_logo', {
  tenantId: tenantId().primaryKey(),
  version: text('version').notNull(),
  image: bytea('image').notNull(),
})

export const service = pgTable(
  'service',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    durationMinutes: integer('duration_minutes').notNull(),
    stepMinutes: integer('step_minutes').notNull(),
    bufferBeforeMinutes: integer('buffer_before_minutes').notNull().default(0),
    bufferAfterMinutes: integer('buffer_after_minutes').notNull().default(0),
    noticeMinutes: integer('notice_minutes').notNull().default(0),
    windowDays: integer('window_days').notNull().default(90),
    capacity: integer('capacity').notNull().default(1),
    amount: integer('amount').notNull().default(0),
    currency: text('currency').notNull(),
    freeUntilHours: integer('free_until_hours').notNull().default(0),
    lateFeePercent: integer('late_fee_percent').notNull().default(0),
    requiresApproval: boolean('requires_approval').notNull().default(false),
    decideWithinHours: integer('decide_within_hours').notNull().default(24),
    questions: jsonb('questions').$type<Question[]>().notNull().default([]),
    given: text('given', { enum: ways }).notNull().default('either'),
    reminderHours: integer('reminder_hours').array().notNull().default([24, 2]),
    status: text('status', { enum: serviceStatuses }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    check('service_amounts', sql`${t.amount} >= 0 and ${t.capacity} >= 1 and ${t.durationMinutes} > 0`),
  ],
)

export const provider = pgTable(
  'provider',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    userId: uuid('user_id'),
    name: text('name').notNull(),
    bio: text('bio').notNull().default(''),
    timeZone: text('time_zone').notNull(),
    published: boolean('published').notNull().default(true),
    /** Names the secret address under which their calendar is followed; null where it is not. */
    feedId: uuid('feed_id'),
    /** Their own meeting room: told to who booked, and to the business. */
    roomLink: text('room_link'),
    status: text('status', { enum: providerStatuses }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

/** Which services a provider performs. */
export const providerService = pgTable(
  'provider_service',
  {
    tenantId: tenantId(),
    providerId: uuid('provider_id').notNull(),
    serviceId: uuid('service_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.providerId, t.serviceId] }),
    index('provider_service_by_service').on(t.tenantId, t.serviceId),
  ],
)

/** A person a business books for. Name, email and phone are personal: nulled on erasure, never in an event in the clear. */
export const contact = pgTable(
  'contact',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    userId: uuid('user_id'),
    name: text('name'),
    email: text('email'),
    phone: text('phone'),
    /** The one who this turned out to be: what follows from either concerns both, and both say the same of them. */
    mergedInto: uuid('merged_into'),
    erasedAt: instant('erased_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('contact_by_email').on(t.tenantId, t.email),
    index('contact_by_name').on(t.tenantId, t.name, t.id),
    index('contact_merged').on(t.tenantId, t.mergedInto).where(sql`merged_into is not null`),
    index('contact_by_user').on(t.userId),
    index('contact_by_address').on(t.email).where(sql`email is not null`),
    check('contact_is_another', sql`${t.mergedInto} <> ${t.id}`),
  ],
)

/** What the business's people write down about somebody, for themselves. Personal: gone on erasure. */
export const contactNote = pgTable(
  'contact_note',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    contactId: uuid('contact_id').notNull(),
    authorId: uuid('author_id'),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('contact_note_by_contact').on(t.tenantId, t.contactId, t.createdAt),
  ],
)

/** A list of people that somebody is about to take over: sealed, and gone after a day. */
export const contactList = pgTable(
  'contact_list',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    file: bytea('file').notNull(),
    /** How many of its lines were taken over. */
    done: integer('done').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

/** A person's role in a business. One row a role: a person may hold several. */
export const membership = pgTable(
  'membership',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    role: text('role').notNull(),
    revokedAt: instant('revoked_at'),
    grantedAt: instant('granted_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('membership_once').on(t.tenantId, t.userId, t.role).nullsNotDistinct(),
    index('membership_by_user').on(t.userId),
  ],
)

/** Somebody who was asked by mail to take a role. Whoever opens the mail's link and has an account takes it. */
export const invitation = pgTable(
  'invitation',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** Gone once it was answered. */
    email: text('email'),
    role: text('role', { enum: roles }).notNull(),
    status: text('status', { enum: invitationStatuses }).notNull(),
    invitedBy: uuid('invited_by').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), uniqueIndex('invitation_by_id').on(t.id)],
)
