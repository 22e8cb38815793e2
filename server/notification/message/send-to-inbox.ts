import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { planNotice, planPush } from './capabilities'

/** Puts a notice into the inbox of everybody who runs the business, of a person, or of both. There it has arrived. */
export const sendToInbox = command({
  name: 'notification.message.send_to_inbox',
  input: z.strictObject({
    businessId: id,
    recipientId: id.nullable(),
    /** Others whom it concerns. */
    also: z.array(id).max(20).default([]),
    /** Who is told in their browsers as well. */
    push: z.array(id).max(200).default([]),
    /** Whose doing it tells of: for them it is no news. */
    byId: id.nullable().default(null),
    kind: z.string(),
    aboutType: z.string(),
    aboutId: id,
  }),
  may: systemOnly,
  run: async (tx, { businessId: _, recipientId, also, push, ...said }, { tenantId, now, append }) => {
    const { kind: template, aboutType, aboutId } = said
    const notices = [
      ...[recipientId, ...also].map((to) => planNotice({ ...said, tenantId, recipientId: to, now })),
      ...push.map((to) => planPush({ tenantId, recipientId: to, template, aboutType, aboutId, now })),
    ]
    await append(notices.flatMap((notice) => notice.events))
    for (const notice of notices) for (const write of notice.write) await write(tx)
    return { notificationId: notices[0]?.notificationId ?? null }
  },
})
