import { config } from '@/server/core/config'
import { keepingMailer } from './keeping'
import type { Mailer } from './mail'
import { smtpMailer } from './smtp'

type Held = { url: string; mailer: Mailer }

/** One a process: it keeps a few connections open. Without a server's address mails are kept instead. */
export function mailer(keep: Parameters<typeof keepingMailer>[0]): Mailer {
  const { SMTP_URL } = config()
  if (!SMTP_URL) return keepingMailer(keep)
  const holder = globalThis as { __slotwise_mailer?: Held }
  if (holder.__slotwise_mailer?.url !== SMTP_URL) {
    holder.__slotwise_mailer?.mailer.close()
    holder.__slotwise_mailer = { url: SMTP_URL, mailer: smtpMailer(SMTP_URL) }
  }
  return holder.__slotwise_mailer.mailer
}
