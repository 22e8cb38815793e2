import { newId } from '@/server/core/id'
import { serveIdentity } from './serve'

export const origin = 'http://localhost:3000'

/** A browser's conversation with identity: one jar of cookies, one address. */
export function browser(address = `10.${octet()}.${octet()}.${octet()}`) {
  let jar: Record<string, string> = {}
  const headers = (over: Record<string, string> = {}) =>
    new Headers({
      cookie: Object.entries(jar)
        .map(([k, v]) => `${k}=${v}`)
        .join('; '),
      'x-slotwise-peer': address,
      ...over,
    })
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const at = pair.indexOf('=')
      const gone = attributes.includes('Max-Age=0')
      const { [pair.slice(0, at)]: _, ...rest } = jar
      jar = gone ? rest : { ...rest, [pair.slice(0, at)]: pair.slice(at + 1) }
    }
    return response
  }
  const ask = async (method: string, path: string, body?: unknown, over: Record<string, string> = {}) =>
    keep(
      await serveIdentity(
        path,
        new Request(`${origin}/api/auth/${path}`, {
          method,
          headers: headers({
            ...(method === 'POST' ? { origin, 'content-type': 'application/json' } : {}),
            ...over,
          }),
          body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
        }),
        { address, correlationId: newId() },
      ),
    )
  return {
    headers,
    jar: () => jar,
    post: (path: string, body?: unknown, over?: Record<string, string>) => ask('POST', path, body, over),
    get: (path: string) => ask('GET', path),
  }
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
