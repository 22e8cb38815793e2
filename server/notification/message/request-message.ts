import { z } from 'zod'
import { familyOf } from '@/server/business/contact/queries'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { choices } from '../preference/model'
import { kindOf, wants } from '../preference/model-choice'
import { choicesOf } from '../preference/queries'
import { languages, mailTemplates } from '../template/model'
import { planMail, planMessage } from './capabilities'
import { accountContent, type MessageChannel } from './model'

type Planned = { recipientId: string; channel: MessageChannel; status: 'queued' | 'sent' | 'not_wanted' }

/**
 * Asks for a message. With `content` it is a letter about an account; else it goes to a contact of the business, by every
 * way that reaches them and that they want, and to the inbox of the account that has their address.
 */
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
    account: z
      .strictObject({ userId: id, choices, pushes: z.boolean().default(false) })
      .nullable()
      .default(null),
  }),
  may: systemOnly,
  locks: (_tx, { recipientId }) => [`mail:${recipientId}`],
  run: async (tx, { businessId: _, account, content, ...wanted }, { tenantId, now, append }) => {
    if (content) {
      const plan = await planMail(tx, { ...wanted, content, tenantId, now })
      if (!plan) return { notificationId: null }
      await append(plan.events)
      for (const write of plan.write) await write(tx)
      return { notificationId: plan.notificationId }
    }
    const [person] = await familyOf(tx, wanted.recipientId)
    if (!person || person.erasedAt) return { notificationId: null }
    const own = await choicesOf(tx, person.id)
    const kind = kindOf(wanted.template)
    const likes = (channel: MessageChannel) =>
      wants(own, kind, channel) && wants(account?.choices ?? {}, kind, channel)
    const planned: Planned[] = []
    if (person.email)
      planned.push({
        recipientId: person.id,
        channel: 'email',
        status: likes('email') ? 'queued' : 'not_wanted',
      })
    if (person.phone && wants(own, kind, 'sms'))
      planned.push({ recipientId: person.id, channel: 'sms', status: 'queued' })
    if (account && wants(account.choices, kind, 'inbox'))
      planned.push({ recipientId: account.userId, channel: 'inbox', status: 'sent' })
    if (account?.pushes && wants(account.choices, kind, 'push'))
      planned.push({ recipientId: account.userId, channel: 'push', status: 'queued' })
    const plans = planned.map((one) => planMessage({ ...wanted, ...one, tenantId, now }))
    await append(plans.flatMap((plan) => plan.events))
    for (const plan of plans) for (const write of plan.write) await write(tx)
    return { notificationId: plans[0]?.notificationId ?? null }
  },
})
