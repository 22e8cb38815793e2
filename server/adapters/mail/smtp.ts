import { createTransport } from 'nodemailer'
import { isLoopback } from '@/server/core/addresses'
import { type Mail, type Mailer, MailRefused, MailUndelivered, messageIdOf, requireSendable } from './mail'

/** Long enough for a slow server, short enough for a job. */
const patience = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 10_000,
}

export function smtpMailer(url: string, over: Partial<typeof patience> = {}): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    auth: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined,
    // Credentials never cross a network in the clear.
    requireTLS: username !== '' && !isLoopback(hostname),
    // Files and addresses named in a mail's fields are never fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
    pool: true,
    maxConnections: 4,
    ...patience,
    ...over,
  })
  return {
    async send(mail, options) {
      requireSendable(mail, options)
      const messageId = messageIdOf(options.idempotencyKey, mail.from.address)
      try {
        await transport.sendMail({ ...written(mail), messageId })
      } catch (error) {
        throw judged(error)
      }
      return { messageId }
    },
    close: () => transport.close(),
  }
}

const written = ({ from, to, subject, html, text, calendar, unsubscribe }: Mail) => ({
  from,
  to,
  subject,
  html,
  text,
  envelope: { from: from.address, to: [to.address] },
  headers: {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(unsubscribe && {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  },
  ...(calendar && {
    icalEvent: { method: calendar.method, content: calendar.file, filename: 'invitation.ics' },
  }),
})

type Fault = { responseCode?: number; command?: string; code?: string; response?: string }

/** Only what speaks of this addressee or this mail is for ever; all else may be mended on our side or theirs. */
function judged(error: unknown): MailRefused | MailUndelivered {
  const { responseCode, command = 'connection', code, response } = error as Fault
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1]
  const said = [responseCode ?? code ?? 'failed', enhanced, `at ${command}`].filter(Boolean).join(' ')
  const aboutThisMail = ['RCPT TO', 'DATA'].includes(command)
  return responseCode && responseCode >= 500 && aboutThisMail
    ? new MailRefused(said)
    : new MailUndelivered(said)
}
