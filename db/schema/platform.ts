import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant, tenantId, tsvector } from './columns'

/** Answers kept for `Idempotency-Key`: the same key and body get the same answer, another body is refused. */
export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    tenantId: tenantId(),
    keyHash: text('key_hash').notNull(),
    bodyHash: text('body_hash').notNull(),
    answer: jsonb('answer').$type<unknown>(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.keyHash] }),
    index('idempotency_key_by_expiry').on(t.expiresAt),
  ],
)

/** One data key per person, wrapped by the key of the installation. Erasing a person destroys it. */
export const subjectKey = pgTable('subject_key', {
  subjectId: uuid('subject_id').primaryKey(),
  tenantId: tenantId(),
  keyId: uuid('key_id').notNull(),
  wrapped: bytea('wrapped'),
  shreddedAt: instant('shredded_at'),
})

/** State of an aggregate before its oldest kept event: fold, stateAt and rebuild start here. */
export const snapshot = pgTable(
  'snapshot',
  {
    tenantId: tenantId(),
    type: text('type').notNull(),
    id: uuid('id').notNull(),
    version: integer('version').notNull(),
    state: jsonb('state').$type<unknown>().notNull(),
    takenAt: instant('taken_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.type, t.id] })],
)

/** Where each reader of the log stands. */
export const logCursor = pgTable('log_cursor', {
  name: text('name').primaryKey(),
  epoch: integer('epoch').notNull(),
  xid: text('xid').notNull(),
  pos: bigint('pos', { mode: 'bigint' }).notNull(),
  /** Bounds the read by time, so that old partitions are never opened. */
  recordedAt: instant('recorded_at').notNull(),
})

/** The inbox of every handler and, with the failures beside it, the audit trail of handling. */
export const handled = pgTable(
  'handled',
  {
    handler: text('handler').notNull(),
    eventId: uuid('event_id').notNull(),
    tenantId: tenantId(),
    attempt: integer('attempt').notNull(),
    handledAt: instant('handled_at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [primaryKey({ columns: [t.handler, t.eventId] }), index('handled_by_event').on(t.eventId)],
)

export const handlingFailure = pgTable(
  'handling_failure',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    handler: text('handler').notNull(),
    eventId: uuid('event_id').notNull(),
    tenantId: tenantId(),
    attempt: integer('attempt').notNull(),
    error: text('error').notNull(),
    failedAt: instant('failed_at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [index('handling_failure_by_event').on(t.eventId)],
)

/** What a workflow has done, and how to undo it: a stack of steps, popped backwards when one fails for good. */
export const saga = pgTable(
  'saga',
  {
    tenantId: tenantId(),
    name: text('name').notNull(),
    key: uuid('key').notNull(),
    status: text('status', { enum: ['running', 'compensating', 'done', 'compensated'] }).notNull(),
    step: integer('step').notNull(),
    version: integer('version').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    undo: jsonb('undo').$type<number[]>().notNull(),
    error: text('error'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.name, t.key] })],
)

/** Which generation of a projection's rows is live, and which is being built beside it. */
export const projection = pgTable('projection', {
  name: text('name').primaryKey(),
  /** 0 until the first generation is complete. */
  live: integer('live').notNull(),
  building: integer('building'),
})

/** What each generation of a projection has seen of each aggregate it is made of: its rows follow from these states. */
export const projectionState = pgTable(
  'projection_state',
  {
    projection: text('projection').notNull(),
    generation: integer('generation').notNull(),
    tenantId: tenantId(),
    type: text('type').notNull(),
    id: uuid('id').notNull(),
    version: integer('version').notNull(),
    /** The snapshot it began with; events up to there say nothing new. */
    base: integer('base').notNull().default(0),
    state: jsonb('state').$type<unknown>(),
  },
  (t) => [primaryKey({ columns: [t.projection, t.generation, t.tenantId, t.type, t.id] })],
)

/** The published providers, as visitors search them. No row-level security: it holds only what is public. */
export const listing = pgTable(
  'listing',
  {
    generation: integer('generation').notNull(),
    tenantId: tenantId(),
    providerId: uuid('provider_id').notNull(),
    businessName: text('business_name').notNull(),
    businessSlug: text('business_slug').notNull(),
    name: text('name').notNull(),
    bio: text('bio').notNull(),
    timeZone: text('time_zone').notNull(),
    services: jsonb('services').$type<ListedService[]>().notNull(),
    /** The name as it is sorted: lower case, without accents. */
    sortName: text('sort_name').notNull(),
    /** Name, services, business and bio, each as plain words. */
    words: text('words').array().notNull(),
    search: tsvector('search').generatedAlwaysAs(sql`setweight(to_tsvector('simple', words[1]), 'A')
      || setweight(to_tsvector('simple', words[2]), 'B') || setweight(to_tsvector('simple', words[3]), 'C')
      || setweight(to_tsvector('simple', words[4]), 'D')`),
  },
  (t) => [
    primaryKey({ columns: [t.generation, t.providerId] }),
    index('listing_by_tenant').on(t.generation, t.tenantId),
    index('listing_by_name').on(t.generation, t.sortName, t.providerId),
    index('listing_by_words').using('gin', t.search),
    index('listing_by_service').using('gin', t.services.op('jsonb_path_ops')),
  ],
)

export type ListedService = {
  id: string
  name: string
  durationMinutes: number
  price: { amount: number; currency: string }
}
