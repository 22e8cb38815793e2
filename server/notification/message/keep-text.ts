import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { keptText } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { sealFor } from './capabilities'
import { keptTextContent } from './model'

/** Puts a short message aside where no gateway takes it: once, however often it is handed over, and for two weeks. */
export const keepText = command({
  name: 'notification.message.keep_text',
  input: z.strictObject({ businessId: id, notificationId: id, recipientId: id, sms: keptTextContent }),
  may: systemOnly,
  locks: (_tx, { recipientId }) => [`mail:${recipientId}`],
  run: async (tx, { notificationId, recipientId, sms }, { tenantId, now }) => {
    const text = await sealFor(tx, tenantId, recipientId, notificationId, sms)
    if (!text) return
    await tx
      .insert(keptText)
      .values({ tenantId, id: notificationId, recipientId, text, createdAt: now })
      .onConflictDoNothing()
    await tx.delete(keptText).where(sql`${keptText.createdAt} < now() - interval '14 days'`)
  },
})
