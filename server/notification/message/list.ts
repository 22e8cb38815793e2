import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { contact, message } from '@/db/schema'
import { familyOf } from '@/server/business/contact/queries'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { open, readAggregate } from '@/server/core/log'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { messageChannels, messageStatuses } from './model'
import { causeOf } from './queries'

const columns = {
  id: message.id,
  channel: message.channel,
  kind: message.kind,
  status: message.status,
  error: message.error,
  aboutType: message.aboutType,
  aboutId: message.aboutId,
  recipientId: message.recipientId,
  createdAt: message.createdAt,
  to: { id: contact.id, name: contact.name, email: contact.email, phone: contact.phone },
}

/** What was said to whom in the name of a business, newest first, a page at a time by key. */
export const listMessages = query({
  name: 'notification.message.list',
  input: z.strictObject({
    businessId: id,
    channel: z.enum(messageChannels).optional(),
    status: z.enum(messageStatuses).optional(),
    contactId: id.optional(),
    limit: z.int().min(1).max(100).default(25),
    before: z.strictObject({ time: instant, id }).optional(),
  }),
  may: members('owner', 'admin'),
  run: async (tx, { channel, status, contactId, limit, before }) => {
    const family = contactId ? await familyOf(tx, contactId) : null
    if (family?.length === 0) refuse('not_found')
    const rows = await tx
      .select(columns)
      .from(message)
      .leftJoin(contact, and(eq(contact.tenantId, message.tenantId), eq(contact.id, message.recipientId)))
      .where(
        and(
          channel && eq(message.channel, channel),
          status && eq(message.status, status),
          family
            ? inArray(
                message.recipientId,
                family.map((row) => row.id),
              )
            : undefined,
          before
            ? sql`(date_trunc('milliseconds', ${message.createdAt}), ${message.id}) < (${before.time}::timestamptz, ${before.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(sql`date_trunc('milliseconds', ${message.createdAt}) desc`, desc(message.id))
      .limit(limit + 1)
    const page = rows
      .slice(0, limit)
      .map(({ createdAt, ...row }) => ({ ...row, createdAt: rfc3339(createdAt) }))
    const last = rows.length > limit ? page.at(-1) : undefined
    return { messages: page, before: last ? { time: last.createdAt, id: last.id } : null }
  },
})

/** One message with why it was sent and what became of it. */
export const showMessage = query({
  name: 'notification.message.show',
  input: z.strictObject({ businessId: id, messageId: id }),
  may: members('owner', 'admin'),
  run: async (tx, { messageId }, { tenantId }) => {
    const [row] = await tx
      .select(columns)
      .from(message)
      .leftJoin(contact, and(eq(contact.tenantId, message.tenantId), eq(contact.id, message.recipientId)))
      .where(eq(message.id, messageId))
    if (!row) return refuse('not_found')
    const history = await readAggregate(tx, tenantId, 'notification.message', messageId)
    const opened = await Promise.all(history.map((event) => open(tx, event)))
    return {
      message: { ...row, createdAt: rfc3339(row.createdAt) },
      cause: await causeOf(tx, tenantId, history[0]?.causation_id ?? null),
      history: opened.flatMap((event) =>
        event
          ? [{ type: event.type, time: rfc3339(Date.parse(event.time)), error: errorIn(event.data) }]
          : [],
      ),
    }
  },
})

const errorIn = (data: Record<string, unknown>): string | null =>
  typeof data.error === 'string' ? data.error : null
