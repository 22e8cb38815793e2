import { z } from 'zod'
import { message } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { systemOnly } from '@/server/core/policy'
import { messageRequested, messageSent } from './events'

/** Puts a notice into the inbox of a person, or of everybody who runs the business. There it has arrived. */
export const sendToInbox = command({
  name: 'notification.message.send_to_inbox',
  input: z.strictObject({
    businessId: id,
    recipientId: id.nullable(),
    kind: z.string(),
    aboutType: z.string(),
    aboutId: id,
  }),
  may: systemOnly,
  run: async (tx, { recipientId, kind, aboutType, aboutId }, { tenantId, now, append }) => {
    const notificationId = newId()
    const to = { notificationId, recipientId, channel: 'inbox' as const }
    await append([
      messageRequested(notificationId, { ...to, template: kind, aboutType, aboutId, language: null }),
      messageSent(notificationId, { ...to, type: kind, status: 'sent' }),
    ])
    await tx.insert(message).values({
      tenantId,
      id: notificationId,
      recipientId,
      channel: 'inbox',
      kind,
      aboutType,
      aboutId,
      status: 'sent',
      createdAt: now,
    })
    return { notificationId }
  },
})
