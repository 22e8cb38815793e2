import { type Mail, type Mailer, messageIdOf, requireSendable } from './mail'

type Keep = (mail: Mail & { messageId: string }, key: string) => Promise<void>

/** Without a server mails are put aside, to be looked at. Whoever makes it says where. */
export const keepingMailer = (keep: Keep): Mailer => ({
  async send(mail, options) {
    requireSendable(mail, options)
    const messageId = messageIdOf(options.idempotencyKey, mail.from.address)
    await keep({ ...mail, messageId }, options.idempotencyKey)
    return { messageId }
  },
  close: () => {},
})
