import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { message } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { messageFailed } from './events'
import { messageLife } from './model'

/** It was refused for good, or given up after the last attempt. Said once, however often it is tried again in vain. */
export const recordFailure = command({
  name: 'notification.message.record_failure',
  input: z.strictObject({ businessId: id, notificationId: id, error: z.string().max(200) }),
  may: systemOnly,
  locks: (_tx, { notificationId }) => [`message:${notificationId}`],
  run: async (tx, { notificationId, error }, { append }) => {
    const own = eq(message.id, notificationId)
    const [row] = await tx.select().from(message).where(own)
    if (!row) refuse('not_found')
    if (!messageLife.can(row.status, 'fail')) return
    const status = messageLife.next(row.status, 'fail')
    await append([messageFailed(notificationId, { notificationId, channel: row.channel, error })])
    await tx.update(message).set({ status, error }).where(own)
  },
})
