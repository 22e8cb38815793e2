import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { message } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { messageSent } from './events'
import { messageLife } from './model'

/** It was handed over. What only it knew is not needed any more. */
export const recordSent = command({
  name: 'notification.message.record_sent',
  input: z.strictObject({ businessId: id, notificationId: id }),
  may: systemOnly,
  locks: (_tx, { notificationId }) => [`message:${notificationId}`],
  run: async (tx, { notificationId }, { append }) => {
    const own = eq(message.id, notificationId)
    const [row] = await tx.select().from(message).where(own)
    if (!row) refuse('not_found')
    const status = messageLife.next(row.status, 'send')
    const { recipientId, channel, kind } = row
    await append([
      messageSent(notificationId, { notificationId, recipientId, type: kind, channel, status: 'sent' }),
    ])
    await tx.update(message).set({ status, error: null, content: null }).where(own)
  },
})
