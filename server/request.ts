import { actorOf } from '@/server/auth/user/session'
import { anonymous } from '@/server/core/actor'
import { isLoopback, networkOf } from '@/server/core/addresses'
import type { Call } from '@/server/core/command'
import { config } from '@/server/core/config'
import { languageCookie } from '@/server/core/cookies'
import { refuse } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { isTraceparent } from '@/server/core/telemetry'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The front door gave every request an id; it is the correlation of all that follows. */
export const correlationOf = (headers: Headers): string => {
  const given = headers.get('x-request-id') ?? ''
  return uuid.test(given) ? given.toLowerCase() : newId()
}

/** The peer's address as the front door saw it; nothing a client says of itself. */
export const addressOf = (headers: Headers): string => headers.get('x-slotwise-peer') ?? 'unknown'

const keyPattern = /^[\x21-\x7e]{8,200}$/

/** What a stranger is counted by: the peer's address; of IPv6 the network it is in. */
export const networkAsking = (headers: Headers): string => networkOf(addressOf(headers))

/** A request as a call: who, with which token, under which correlation and key. */
export async function callOf(headers: Headers): Promise<Call> {
  const authorization = headers.get('authorization')
  const bearer = authorization ? /^Bearer ([A-Za-z0-9_-]{20,200})$/i.exec(authorization)?.[1] : null
  if (authorization && !bearer) refuse('unauthenticated')
  const idempotencyKey = headers.get('idempotency-key')
  if (idempotencyKey !== null && !keyPattern.test(idempotencyKey))
    refuse('malformed', 'malformed', {
      errors: { 'Idempotency-Key': 'needs 8 to 200 visible ASCII characters' },
    })
  const given = headers.get('traceparent')
  return {
    actor: headers.get('cookie') ? await actorOf(headers) : anonymous,
    bearer: bearer ?? null,
    network: networkAsking(headers),
    correlationId: correlationOf(headers),
    traceparent: isTraceparent(given) ? given : null,
    idempotencyKey,
  }
}

/** A page's own reading: who looks, by their session alone. What else a client or a proxy sends along is no concern of it. */
export async function viewOf(headers: Headers): Promise<Call> {
  return {
    actor: headers.get('cookie') ? await actorOf(headers) : anonymous,
    correlationId: correlationOf(headers),
    network: networkAsking(headers),
  }
}

/** A change made with a cookie must come from a page of the same host: the browser says from where. */
export function requireOwnOrigin(headers: Headers): void {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (origin === null && (site === null || site === 'same-origin')) return
  if (origin && URL.canParse(origin) && isOurs(new URL(origin).host, headers.get('host'))) return
  refuse('forbidden', 'origin')
}

/** Our host, or the host of a business below it; and the one this very request was sent to. */
function isOurs(asking: string, asked: string | null): boolean {
  const main = new URL(config().PUBLIC_URL).host
  return (
    asking === asked &&
    (asked === main || asked.endsWith(`.${main}`) || isLoopback(asked.replace(/:\d+$/, '')))
  )
}

export type Language = 'en' | 'de'

/** The language somebody chose, else the one of their browser's that we speak and they like best. */
export function wantedLanguage(headers: Headers): Language | undefined {
  const wanted = [cookieOf(headers, languageCookie), ...tagsOf(headers).map((tag) => tag.slice(0, 2))]
  return wanted.find((tag): tag is Language => tag === 'en' || tag === 'de')
}

/** As wanted, else the business's. */
export const languageOf = (headers: Headers, otherwise?: string): Language =>
  wantedLanguage(headers) ?? (otherwise === 'de' ? 'de' : 'en')

/** The browser's languages, the one its reader likes best first. */
const tagsOf = (headers: Headers): string[] =>
  (headers.get('accept-language') ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', weight = ''] = part.trim().split(/\s*;\s*q\s*=\s*/)
      return { tag, weight: weight === '' ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)

/** How dates and numbers are written there: the region of the browser's own tag, where it is of that language. */
export function localeOf(headers: Headers, language: Language): string {
  const tag = tagsOf(headers).find(
    (t) => /^[a-z]{2}(-[A-Za-z0-9]{2,8}){0,3}$/.test(t) && t.slice(0, 2) === language,
  )
  return tag ?? language
}

export function cookieOf(headers: Headers, name: string): string | undefined {
  const pair = (headers.get('cookie') ?? '').split('; ').find((p) => p.startsWith(`${name}=`))
  return pair === undefined ? undefined : decodeURIComponentSafely(pair.slice(name.length + 1))
}

function decodeURIComponentSafely(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** This answer's nonce, for a script of ours outside the framework's own. */
export const nonceOf = (headers: Headers): string | undefined =>
  /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1]
