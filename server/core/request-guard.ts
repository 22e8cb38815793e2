import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { clientAddress, isProxy, type TrustedProxies } from './addresses'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Server facts go in, and whatever a stranger wrote under their names goes out. */
export function stamp(req: IncomingMessage, proxies: TrustedProxies): string {
  const { headers, socket } = req
  const nearest = socket.remoteAddress ?? ''
  const forwarded = headers['x-forwarded-for']
  const client = clientAddress(nearest, Array.isArray(forwarded) ? forwarded.join(',') : forwarded, proxies)
  for (const name of Object.keys(headers)) {
    const ours =
      name.startsWith('x-slotwise-') || name.startsWith('x-middleware-') || name.startsWith('x-nextjs-')
    const theirs = name.startsWith('x-forwarded-') || name === 'forwarded'
    if (ours || (theirs && !isProxy(nearest, proxies))) delete headers[name]
  }
  const given = headers['x-request-id']
  const id = typeof given === 'string' && uuid.test(given) ? given.toLowerCase() : randomUUID()
  headers['x-request-id'] = id
  headers['x-slotwise-peer'] = client
  headers['x-forwarded-for'] = client
  return id
}

export interface Malformed {
  status: number
  code: string
  detail: string
}

/** What no route could answer sensibly, and what a framework might stumble over. */
export function malformed({ method, url = '', headers }: IncomingMessage): Malformed | undefined {
  if (url.length > 8192)
    return { status: 414, code: 'too_large', detail: 'The address is longer than 8192 characters.' }
  if (!url.startsWith('/') || url.startsWith('//') || !decodes(url)) {
    return { status: 400, code: 'malformed', detail: 'The path of the address is not valid.' }
  }
  if (headers.host !== undefined && !/^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(headers.host)) {
    return { status: 400, code: 'malformed', detail: 'The Host header is not a host name.' }
  }
  if (method === 'TRACE' || method === 'CONNECT') {
    return { status: 405, code: 'method', detail: `${method} is not served here.` }
  }
  return undefined
}

function decodes(url: string): boolean {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '')
    return !/[\p{Cc}\\]/u.test(path)
  } catch {
    return false
  }
}
