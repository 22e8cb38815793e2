import { and, eq, isNotNull } from 'drizzle-orm'
import { z } from 'zod'
import { contact } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { languages, mailTemplates } from '../template/model'
import { planMail } from './capabilities'
import { accountContent } from './model'

/** Asks for a mail. Without `content` it goes to a contact of the business, if there is an address to send it to. */
export const requestMessage = command({
  name: 'notification.message.request',
  input: z.strictObject({
    businessId: id.optional(),
    recipientId: id,
    template: z.enum(mailTemplates),
    language: z.enum(languages),
    aboutType: z.string().max(64),
    aboutId: id,
    content: accountContent.nullable().default(null),
  }),
  may: systemOnly,
  locks: (_tx, { recipientId }) => [`mail:${recipientId}`],
  run: async (tx, { businessId: _, ...wanted }, { tenantId, now, append }) => {
    if (!wanted.content) {
      const reachable = and(eq(contact.id, wanted.recipientId), isNotNull(contact.email))
      const [known] = await tx.select({ id: contact.id }).from(contact).where(reachable)
      if (!known) return { notificationId: null }
    }
    const plan = await planMail(tx, { ...wanted, tenantId, now })
    if (!plan) return { notificationId: null }
    await append(plan.events)
    for (const write of plan.write) await write(tx)
    return { notificationId: plan.notificationId }
  },
})
