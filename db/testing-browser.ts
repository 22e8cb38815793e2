import { authDb } from '@/db/client'
import { keepLink } from '@/server/auth/user/capabilities'
import { confirmAddress } from '@/server/auth/user/confirm-address'
import { enterByLink } from '@/server/auth/user/enter-by-link'
import { serveIdentity } from '@/server/auth/user/serve'
import { config } from '@/server/core/config'
import { newId } from '@/server/core/id'

type Jar = Record<string, string>

/** A browser's conversation with identity: one jar of cookies, one address. Refusals are thrown as the edge gets them. */
export function browser(address = `10.${octet()}.${octet()}.${octet()}`) {
  let jar: Jar = {}
  const origin = () => new URL(config().PUBLIC_URL).origin
  const headers = () =>
    new Headers({
      cookie: Object.entries(jar)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
      'x-slotwise-peer': address,
    })
  const ask = async (method: string, path: string, body: unknown, over: Record<string, string>) => {
    const asked = headers()
    if (method === 'POST') asked.set('origin', origin())
    if (method === 'POST') asked.set('content-type', 'application/json')
    for (const [name, value] of Object.entries(over)) value ? asked.set(name, value) : asked.delete(name)
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? {})
    const url = `${origin()}/api/auth/${path}`
    const request = new Request(url, { method, headers: asked, body: method === 'POST' ? text : undefined })
    const response = await serveIdentity(path, request, { address, correlationId: newId() })
    jar = response.headers.getSetCookie().reduce(keep, jar)
    return response
  }
  return {
    headers,
    jar: () => jar,
    /** An empty string in `over` leaves that header out. */
    post: (path: string, body?: unknown, over: Record<string, string> = {}) => ask('POST', path, body, over),
    get: (path: string) => ask('GET', path, undefined, {}),
    ask,
  }
}

function keep(jar: Jar, cookie: string): Jar {
  const [pair = '', ...attributes] = cookie.split('; ')
  const at = pair.indexOf('=')
  const { [pair.slice(0, at)]: _, ...others } = jar
  return attributes.includes('Max-Age=0') ? others : { ...others, [pair.slice(0, at)]: pair.slice(at + 1) }
}

const octet = () => Math.floor(Math.random() * 250) + 1

export const password = 'correct horse battery'

/** Somebody with an account, signed in. */
export async function someoneSignedIn(email: string, name = 'Ada Byron Lovelace') {
  const there = browser()
  await there.post('sign-up/email', { name, email, password })
  const response = await there.post('sign-in/email', { email, password })
  const { user } = (await response.json()) as { user: { id: string } }
  return { ...there, userId: user.id, email }
}

/** As pressing the link in a mail does. */
export async function pressLink(
  purpose: 'verify_address' | 'change_address',
  { userId, email }: { userId: string; email: string },
): Promise<void> {
  const token = newId()
  await authDb().transaction((tx) => keepLink(tx, token, { purpose, userId, email }, new Date()))
  if (purpose === 'change_address') await confirmAddress(token)
  else await enterByLink(token, new Headers())
}
