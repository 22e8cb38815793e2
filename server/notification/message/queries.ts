import { and, desc, eq, isNull, or } from 'drizzle-orm'
import { z } from 'zod'
import { message } from '@/db/schema'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'

/** The newest notices for whoever asks. */
export const inbox = query({
  name: 'notification.message.inbox',
  input: z.strictObject({ businessId: id, limit: z.int().min(1).max(100).default(30) }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { limit }, { call }) => {
    const me = call.actor.kind === 'user' ? call.actor.userId : null
    const mine = me
      ? or(isNull(message.recipientId), eq(message.recipientId, me))
      : isNull(message.recipientId)
    const messages = await tx
      .select({
        id: message.id,
        kind: message.kind,
        aboutType: message.aboutType,
        aboutId: message.aboutId,
        createdAt: message.createdAt,
      })
      .from(message)
      .where(and(eq(message.channel, 'inbox'), mine))
      .orderBy(desc(message.createdAt), desc(message.id))
      .limit(limit)
    return { messages: messages.map((m) => ({ ...m, createdAt: m.createdAt.toISOString() })) }
  },
})
