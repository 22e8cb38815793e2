/** A mail as we make it. What goes over the wire is the adapter's business. */
export type Mail = {
  from: Mailbox
  to: Mailbox
  subject: string
  html: string
  text: string
  calendar: CalendarPart | null
  /** What one press in a mail program ends (RFC 8058); null where it may not be ended. */
  unsubscribe: string | null
}
export type Mailbox = { name: string; address: string }
export type CalendarPart = { method: 'REQUEST' | 'CANCEL'; file: string }

export interface Mailer {
  /** The same key gives the same Message-ID, so that a mail sent twice is shown once where that can be told. */
  send(mail: Mail, options: { idempotencyKey: string }): Promise<{ messageId: string }>
  close(): void
}

/** For ever: trying again would not help. The reason carries codes only, never words that may name a person. */
export class MailRefused extends Error {
  override name = 'MailRefused'
}

/** For now: the server is away, slow or busy. */
export class MailUndelivered extends Error {
  override name = 'MailUndelivered'
}

export const messageIdOf = (idempotencyKey: string, from: string): string =>
  `<${idempotencyKey}@${from.slice(from.lastIndexOf('@') + 1)}>`

// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const control = /[\u0000-\u001f\u007f\u2028\u2029]/
const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const domain =
  /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/

/** An address is one address: no lists, no comments, no quotes, nothing that a header could be made of. */
export function isAddress(address: string): boolean {
  const at = address.lastIndexOf('@')
  return at > 0 && at <= 64 && local.test(address.slice(0, at)) && domain.test(address.slice(at + 1))
}

/** What stands in a header may not end it. */
export function requireSendable(mail: Mail, { idempotencyKey }: { idempotencyKey: string }): void {
  const { from, to, subject } = mail
  if (!/^[A-Za-z0-9-]{1,64}$/.test(idempotencyKey)) throw new MailRefused('key')
  for (const [what, { name, address }] of Object.entries({ from, to })) {
    if (!isAddress(address)) throw new MailRefused(`address (${what})`)
    if (control.test(name)) throw new MailRefused(`control character in a name (${what})`)
  }
  if (mail.unsubscribe && !/^https?:\/\/[^\s<>"]+$/.test(mail.unsubscribe))
    throw new MailRefused('unsubscribe')
  if (control.test(subject)) throw new MailRefused('control character in the subject')
}
