/** A short message as we make it. */
export type Sms = { to: string; from: string; text: string }

export interface SmsSender {
  /** The same key is the same message, however often it is handed over. */
  send(sms: Sms, options: { idempotencyKey: string }): Promise<void>
}

/** For ever: trying again would not help. The reason carries codes only, never words that may name a person. */
export class SmsRefused extends Error {
  override name = 'SmsRefused'
}

/** As many letters as three parts of a message carry. */
const longest = 459

// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const control = /[\u0000-\u0009\u000b-\u001f\u007f]/

/** A number as networks take it: digits, with a plus before the country's. */
export function dialable(phone: string): string | null {
  const bare = phone.replace(/[\s()/.-]/g, '').replace(/^00/, '+')
  return /^\+?\d{5,15}$/.test(bare) ? bare : null
}

export function requireSendable({ to, text }: Sms, { idempotencyKey }: { idempotencyKey: string }): void {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(idempotencyKey)) throw new SmsRefused('key')
  if (dialable(to) !== to) throw new SmsRefused('number')
  if (text.trim() === '' || text.length > longest) throw new SmsRefused('length')
  if (control.test(text)) throw new SmsRefused('control character')
}
