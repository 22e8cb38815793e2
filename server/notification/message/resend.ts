import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { message } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { messageRetried } from './events'
import { messageLife } from './model'

/** Once more, after it was given up: the same message, under the key it had. */
export const resendMessage = command({
  name: 'notification.message.resend',
  input: z.strictObject({ businessId: id, messageId: id }),
  may: members('owner', 'admin'),
  locks: (_tx, { messageId }) => [`message:${messageId}`],
  run: async (tx, { messageId }, { append }) => {
    const [row] = await tx.select().from(message).where(eq(message.id, messageId))
    if (!row) return refuse('not_found')
    const status = messageLife.next(row.status, 'retry')
    const { recipientId, channel } = row
    await append([messageRetried(messageId, { notificationId: messageId, recipientId, channel })])
    await tx.update(message).set({ status, error: null }).where(eq(message.id, messageId))
    return { messageId, status }
  },
})
