import { config } from '@/server/core/config'
import { isRefusal, Refusal, refuse } from '@/server/core/errors'
import { countInDatabase } from '@/server/core/rate-limit'
import { problem } from './problem'
import { writes } from './procedure'
import { addressOf, correlationOf, requireOwnOrigin } from './request'

export type Form = { get(name: string): string | null }

/** A form of a page, which works without script: our origin only, counted, answered with where to look next. */
export async function serveForm(
  request: Request,
  work: (form: Form) => Promise<Response>,
): Promise<Response> {
  try {
    requireOwnOrigin(request.headers)
    await countInDatabase(writes, addressOf(request.headers))
    if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? ''))
      refuse('media_type')
    const fields = new URLSearchParams(await request.text())
    for (const [name, value] of fields)
      if (value.length > 4000)
        throw new Refusal('malformed', 'malformed', { errors: { [name]: 'is too long' } })
    return await work(fields)
  } catch (error) {
    const said = problem(error, correlationOf(request.headers))
    // People get the page that explains it; programs and beacons the problem itself.
    if (!request.headers.get('accept')?.includes('text/html') || !isRefusal(error)) return said
    return seeOther(`/errors/${error.code}`)
  }
}

type Cookie = { name: string; value: string; seconds: number }

/** See there: with GET, so that reloading repeats nothing. */
export function seeOther(location: string, cookies: readonly Cookie[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' })
  const secure = config().PUBLIC_URL.startsWith('https:') ? '; Secure' : ''
  for (const { name, value, seconds } of cookies)
    headers.append(
      'set-cookie',
      `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`,
    )
  return new Response(null, { status: 303, headers })
}

/** The code of a refusal that a page can answer; anything else goes on. */
export function answerable(error: unknown): Refusal {
  if (isRefusal(error) && ['conflict', 'malformed', 'not_found'].includes(error.kind)) return error
  throw error
}
