import { config } from '@/server/core/config'
import { keepingMailer } from './keeping'
import type { Mailer } from './mail'
import { smtpMailer } from './smtp'

type Held = { url: string; mailer: Mailer }

const holder = globalThis as { __slotwise_mailer?: Held }

/** One a process: it keeps a few connections open. Without a server's address mails are kept instead. */
export function mailer(keep: Parameters<typeof keepingMailer>[0]): Mailer {
  const { SMTP_URL } = config()
  if (!SMTP_URL) return keepingMailer(keep)
  if (holder.__slotwise_mailer?.url !== SMTP_URL) {
    closeMailer()
    holder.__slotwise_mailer = { url: SMTP_URL, mailer: smtpMailer(SMTP_URL) }
  }
  return holder.__slotwise_mailer.mailer
}

export function closeMailer(): void {
  holder.__slotwise_mailer?.mailer.close()
  delete holder.__slotwise_mailer
}
