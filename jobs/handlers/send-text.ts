import { keepingSender } from '@/server/adapters/sms/keeping'
import { dialable, type Sms, SmsRefused } from '@/server/adapters/sms/sms'
import type { Data, StoredEvent } from '@/server/core/events'
import { inTenant } from '@/server/core/query'
import type { messageRequested } from '@/server/notification/message/events'
import { keepText } from '@/server/notification/message/keep-text'
import { letterFor, numberOf, requestToSend } from '@/server/notification/message/queries'
import { recordFailure } from '@/server/notification/message/record-failure'
import { recordSent } from '@/server/notification/message/record-sent'
import { oneLine } from '@/server/notification/template/model'
import { textOf } from '@/server/notification/template/model-text'
import { external } from '../define'

type Requested = StoredEvent<
  Pick<Data<typeof messageRequested>, 'notificationId' | 'recipientId' | 'channel'>
>

/** Hands a requested short message to whoever delivers it, under the message's own key. */
export const sendText = external('send-text', {
  run: async (event, call) => {
    const { data, tenantId } = event as Requested
    const { notificationId, recipientId, channel } = data
    const what = { businessId: tenantId, notificationId }
    const found = await inTenant(tenantId, async (tx) => {
      const requested = channel === 'sms' ? await requestToSend(tx, tenantId, notificationId) : null
      if (!requested || !recipientId) return null
      return { letter: await letterFor(tx, requested), number: await numberOf(tx, recipientId) }
    })
    if (!found || !recipientId) return null
    const { letter, number } = found
    const to = number && dialable(number)
    if (!letter || !to) return (c) => recordFailure.execute({ ...what, error: 'nobody_to_send_to' }, c)
    const sms: Sms = { to, from: oneLine(letter.letter.brand.name, 80), text: textOf(letter.letter) }
    try {
      const sender = keepingSender((kept) => keepText.execute({ ...what, recipientId, sms: kept }, call))
      await sender.send(sms, { idempotencyKey: notificationId })
    } catch (error) {
      if (!(error instanceof SmsRefused)) throw error
      return (c) => recordFailure.execute({ ...what, error: `sms: ${error.message}` }, c)
    }
    return (c) => recordSent.execute(what, c)
  },
  giveUp: (event, error, call) => {
    const { data, tenantId } = event as Requested
    const said = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown'
    return recordFailure.execute(
      { businessId: tenantId, notificationId: data.notificationId, error: said },
      call,
    )
  },
})
