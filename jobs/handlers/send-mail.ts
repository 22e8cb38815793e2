import { writeLetter } from '@/components/template/render'
import { type Mail, MailRefused } from '@/server/adapters/mail/mail'
import { mailer } from '@/server/adapters/mail/mailer'
import { config } from '@/server/core/config'
import type { Data, StoredEvent } from '@/server/core/events'
import { inTenant } from '@/server/core/query'
import type { messageRequested } from '@/server/notification/message/events'
import { keepMail } from '@/server/notification/message/keep-mail'
import { type LetterTo, letterFor, requestToSend } from '@/server/notification/message/queries'
import { recordFailure } from '@/server/notification/message/record-failure'
import { recordSent } from '@/server/notification/message/record-sent'
import { oneLine } from '@/server/notification/template/model'
import { calendarFile } from '@/server/notification/template/model-calendar'
import { external } from '../define'

type Requested = StoredEvent<
  Pick<Data<typeof messageRequested>, 'notificationId' | 'recipientId' | 'channel'>
>

/** Hands a requested mail to whoever delivers it. Its Message-ID follows from the message, however often it is tried. */
export const sendMail = external(
  'send-mail',
  {
    run: async (event, call) => {
      const { data, tenantId } = event as Requested
      const { notificationId, recipientId, channel } = data
      const what = { businessId: tenantId, notificationId }
      const found = await inTenant(tenantId, async (tx) => {
        const requested = channel === 'email' ? await requestToSend(tx, tenantId, notificationId) : null
        return requested && { letter: await letterFor(tx, requested) }
      })
      if (!found) return null
      const { letter } = found
      if (!letter || !recipientId)
        return (c) => recordFailure.execute({ ...what, error: 'nobody_to_send_to' }, c)
      try {
        await mailer((mail) => keepMail.execute({ ...what, recipientId, mail }, call)).send(mailOf(letter), {
          idempotencyKey: notificationId,
        })
      } catch (error) {
        if (!(error instanceof MailRefused)) throw error
        return (c) => recordFailure.execute({ ...what, error: error.message }, c)
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
  },
  { retryLimit: 10, retryDelaySeconds: 5, retryDelayMaxSeconds: 1800 },
)

function mailOf({ letter, address, invitation, unsubscribe }: LetterTo): Mail {
  return {
    ...writeLetter(letter),
    from: { name: oneLine(letter.brand.name, 80), address: config().MAIL_FROM },
    to: { name: oneLine(letter.reader.name, 80), address },
    unsubscribe,
    calendar: invitation && { method: invitation.method, file: calendarFile(invitation) },
  }
}
