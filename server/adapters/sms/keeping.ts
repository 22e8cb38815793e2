import { requireSendable, type Sms, type SmsSender } from './sms'

type Keep = (sms: Sms, key: string) => Promise<void>

/** Without a gateway messages are put aside, to be looked at. Whoever makes it says where. */
export const keepingSender = (keep: Keep): SmsSender => ({
  async send(sms, options) {
    requireSendable(sms, options)
    await keep(sms, options.idempotencyKey)
  },
})
