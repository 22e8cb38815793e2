import { sql } from 'drizzle-orm'
import { boolean, index, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { messageChannels, messageStatuses } from '../../server/notification/message/model'
import type { Choices } from '../../server/notification/preference/model-choice'
import { languages, ownableTemplates } from '../../server/notification/template/model'
import { bytea, instant, tenantId } from './columns'

/** What was said to whom and why. Ids only: words are made when it is read, in the reader's language. */
export const message = pgTable(
  'message',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** A contact, a user or somebody invited; null for everybody who runs the business. */
    recipientId: uuid('recipient_id'),
    channel: text('channel', { enum: messageChannels }).notNull(),
    kind: text('kind').notNull(),
    aboutType: text('about_type').notNull(),
    aboutId: uuid('about_id').notNull(),
    status: text('status', { enum: messageStatuses }).notNull(),
    /** Why it was given up, in codes; null otherwise. */
    error: text('error'),
    /** Whose doing it tells of. */
    byId: uuid('by_id'),
    language: text('language'),
    /** What only this message knows, such as a link that works once: sealed for its reader, gone once it was sent. */
    content: bytea('content'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('message_by_time').on(t.tenantId, t.createdAt),
    index('message_by_recipient').on(t.recipientId, t.createdAt),
  ],
)

/** Mails of an installation without a mail server, to be looked at instead. Sealed for their readers. */
export const keptMail = pgTable(
  'kept_mail',
  {
    tenantId: tenantId(),
    /** The message's. */
    id: uuid('id').notNull(),
    recipientId: uuid('recipient_id').notNull(),
    mail: bytea('mail').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('kept_mail_by_time').on(t.createdAt)],
)

/** The same for short messages of an installation that sends none. */
export const keptText = pgTable(
  'kept_text',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    recipientId: uuid('recipient_id').notNull(),
    text: bytea('text').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('kept_text_by_time').on(t.createdAt)],
)

/** What somebody wants to hear of, and how: a contact of a business, or a user for all of them. Only what was chosen. */
export const preference = pgTable(
  'preference',
  {
    tenantId: tenantId(),
    subjectId: uuid('subject_id').notNull(),
    choices: jsonb('choices').$type<Choices>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.subjectId] })],
)

/** What a business says in its own words; ours where both are null. */
export const messageTemplate = pgTable(
  'message_template',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    template: text('template', { enum: ownableTemplates }).notNull(),
    language: text('language', { enum: languages }).notNull(),
    subject: text('subject'),
    words: text('words'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('message_template_once').on(t.tenantId, t.template, t.language),
  ],
)

/** What somebody read of their notices: all up to an instant, and single ones after it. The id is theirs. */
export const inbox = pgTable(
  'inbox',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    readTo: instant('read_to'),
    opened: uuid('opened').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

/** Names the secret address of all that somebody booked; null where it is closed. The id is theirs. */
export const ownFeed = pgTable(
  'own_feed',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    feedId: uuid('feed_id').unique('own_feed_once'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
)

/** Where somebody is told of what is new while no page is open. Sealed for them; gone once nothing reaches it. */
export const browser = pgTable(
  'browser',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    userId: uuid('user_id').notNull(),
    /** Who signs out there is told of nothing any more. */
    sessionId: uuid('session_id').notNull(),
    endpointHash: text('endpoint_hash').unique('browser_once'),
    sealed: bytea('sealed'),
    active: boolean('active').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('browser_by_user').on(t.tenantId, t.userId).where(sql`active`),
  ],
)
