import { createHmac, randomBytes } from 'node:crypto'
import { config } from '@/server/core/config'
import { keyFor } from '@/server/core/crypto'

/** 256 bits that only the person's browser keeps. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What the database keeps of a token. Keyed, so that even one that could be guessed cannot be tried against a stolen copy. */
export const hashToken = (token: string): string =>
  createHmac('sha256', keyFor('auth-token')).update(token).digest('base64url')

/** Over https the browser itself sees to it that no subdomain can plant or read the cookie. */
export const cookiePrefix = (): string =>
  config().PUBLIC_URL.startsWith('https:') ? '__Host-slotwise' : 'slotwise'

const sessionCookie = () => `${cookiePrefix()}.session_token`

const shape = /^([\w-]{43})\./

/** The session's token in a request's cookies. The signature behind it adds nothing to 256 bits looked up by hash. */
export function tokenIn(headers: Headers): string | null {
  const name = sessionCookie()
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return shape.exec(pair.slice(at + 1).trim())?.[1] ?? null
  }
  return null
}
