import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { keptMail } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { sealFor } from './capabilities'
import { keptMailContent } from './model'

/** Puts a mail aside where no server takes it: once, however often it is delivered, and for two weeks. */
export const keepMail = command({
  name: 'notification.message.keep_mail',
  input: z.strictObject({ businessId: id, notificationId: id, recipientId: id, mail: keptMailContent }),
  may: systemOnly,
  locks: (_tx, { recipientId }) => [`mail:${recipientId}`],
  run: async (tx, { notificationId, recipientId, mail }, { tenantId, now }) => {
    const sealed = await sealFor(tx, tenantId, recipientId, notificationId, mail)
    if (!sealed) return
    await tx
      .insert(keptMail)
      .values({ tenantId, id: notificationId, recipientId, mail: sealed, createdAt: now })
      .onConflictDoNothing()
    await tx.delete(keptMail).where(sql`${keptMail.createdAt} < now() - interval '14 days'`)
  },
})
