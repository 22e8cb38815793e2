import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { messageChannels, messageStatuses } from '../../server/notification/message/model'
import { instant, tenantId } from './columns'

/** What was said to whom and why. Ids only: words are made when it is read, in the reader's language. */
export const message = pgTable(
  'message',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** A user, or null for everybody who runs the business. */
    recipientId: uuid('recipient_id'),
    channel: text('channel', { enum: messageChannels }).notNull(),
    kind: text('kind').notNull(),
    aboutType: text('about_type').notNull(),
    aboutId: uuid('about_id').notNull(),
    status: text('status', { enum: messageStatuses }).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('message_by_time').on(t.tenantId, t.createdAt)],
)
