import { createECDH, createPrivateKey, sign } from 'node:crypto'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { config } from '@/server/core/config'
import { isPrivateHost, lookUpPublic, PrivateAddress } from '@/server/core/outbound'
import { type Push, PushGone, PushRefused, type PushTarget } from './push'
import { sealFor } from './seal'

const patienceMs = 10_000
const validSeconds = 12 * 3600

type Vapid = { publicKey: string; sign(audience: string, now: number): string }

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Whom push services see it comes from (RFC 8292). */
function vapidOf(secret: string, contact: string): Vapid {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(secret, 'base64url')
  const point = pair.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const key = createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d: secret, x, y }, format: 'jwk' })
  return {
    publicKey: point.toString('base64url'),
    sign: (aud, now) => {
      const exp = Math.floor(now / 1000) + validSeconds
      const said = `${encoded({ typ: 'JWT', alg: 'ES256' })}.${encoded({ aud, exp, sub: `mailto:${contact}` })}`
      const signed = sign('sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' })
      return `${said}.${signed.toString('base64url')}`
    },
  }
}

function vapid(): Vapid | null {
  const { VAPID_PRIVATE_KEY, MAIL_FROM } = config()
  return VAPID_PRIVATE_KEY ? vapidOf(VAPID_PRIVATE_KEY, MAIL_FROM) : null
}

/** What browsers are told to subscribe with; null where this installation pushes nothing. */
export const pushKey = (): string | null => vapid()?.publicKey ?? null

/** Hands a message to the service that reaches a browser. The same topic replaces what still waits there. */
export async function sendPush(target: PushTarget, { body, topic, ttlSeconds }: Push): Promise<void> {
  const own = vapid()
  if (!own) throw new PushRefused('off')
  const url = new URL(target.endpoint)
  const status = await post(url, sealFor(target, Buffer.from(body)), {
    authorization: `vapid t=${own.sign(url.origin, Date.now())}, k=${own.publicKey}`,
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    ttl: String(ttlSeconds),
    topic,
    urgency: 'normal',
  })
  if (status === 404 || status === 410) throw new PushGone(String(status))
  if (status === 429 || status >= 500) throw new Error(`the push service answered ${status}`)
  if (status < 200 || status >= 300) throw new PushRefused(`answered ${status}`)
}

/** Nobody's word leads us into a private network, whatever names resolve to; nor anywhere else by a redirect. */
function post(url: URL, body: Buffer, headers: Record<string, string>): Promise<number> {
  const open = config().PRIVATE_ADDRESSES
  const secure = url.protocol === 'https:'
  if (!secure && !(open && url.protocol === 'http:')) throw new PushRefused('address')
  if (!open && isPrivateHost(url.hostname)) throw new PushRefused('address')
  return new Promise((resolve, reject) => {
    const sent = (secure ? secureRequest : plainRequest)(
      url,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(patienceMs),
        lookup: open ? undefined : lookUpPublic,
        headers: { ...headers, 'content-length': body.length },
      },
      (answer) => {
        answer.destroy()
        resolve(answer.statusCode ?? 0)
      },
    )
    sent.on('error', (error) => reject(error instanceof PrivateAddress ? new PushRefused('address') : error))
    sent.end(body)
  })
}
