import { networkOf } from '@/server/core/addresses'
import { parse } from '@/server/core/command'
import { config } from '@/server/core/config'
import { isRefusal, refuse } from '@/server/core/errors'
import { commandSeconds } from '@/server/core/metrics'
import { countInDatabase } from '@/server/core/rate-limit'
import { isTraceparent, traced } from '@/server/core/telemetry'
import { underCause } from './cause'
import type { Endpoint, Outcome } from './endpoint'
import { endpoints } from './endpoints'
import { inLine } from './in-line'
import { limits } from './limits'

const mostBytes = 16_384

type Facts = { address: string; correlationId: string }

/** Answers what is asked of identity over HTTP, or throws why not. The edge makes a problem of it. */
export async function serveIdentity(path: string, request: Request, facts: Facts): Promise<Response> {
  const { method, headers } = request
  const found = endpointAt(path, method)
  if (method === 'POST') requireExactOrigin(headers)
  const { answer, headers: set } = await performed(
    path,
    found,
    method === 'POST' ? await bodyOf(request) : {},
    headers,
    facts,
  )
  return answered(answer, set)
}

/** The same, asked by a form of ours: under the same limits, and the caller answers with a page. */
export async function askIdentity(
  path: string,
  given: unknown,
  headers: Headers,
  facts: Facts,
): Promise<Outcome> {
  requireExactOrigin(headers)
  return performed(path, endpointAt(path, 'POST'), given, headers, facts)
}

function endpointAt(path: string, method: string): Endpoint {
  const served = (Object.hasOwn(endpoints, path) && endpoints[path]) || refuse('not_found')
  return (
    served.find((endpoint) => endpoint.method === method) ??
    refuse('method', 'method', { headers: { allow: served.map((e) => e.method).join(', ') } })
  )
}

async function performed(
  path: string,
  endpoint: Endpoint,
  given: unknown,
  headers: Headers,
  { address, correlationId }: Facts,
): Promise<Outcome> {
  const input = parse(endpoint.input, given)
  const parent = headers.get('traceparent')
  const traceparent = isTraceparent(parent) ? parent : null
  const name = `auth.user.${path.replace('/', '.')}`
  return traced(
    name,
    { 'slotwise.command': name },
    () =>
      underCause({ correlationId, traceparent }, async () => {
        const end = commandSeconds.startTimer({ name })
        try {
          const outcome = await perform(endpoint, input, headers, networkOf(address))
          end({ outcome: 'ok' })
          return outcome
        } catch (error) {
          end({ outcome: isRefusal(error) ? error.code : 'error' })
          throw error
        }
      }),
    traceparent,
  )
}

async function perform(
  endpoint: Endpoint,
  input: unknown,
  headers: Headers,
  network: string,
): Promise<Outcome> {
  if (endpoint.method === 'POST') await countInDatabase(limits.requests, network)
  for (const [limit, who] of endpoint.limits?.(input, network) ?? []) await countInDatabase(limit, who)
  return endpoint.hashes ? inLine(() => endpoint.run(input, headers)) : endpoint.run(input, headers)
}

/** Browsers name the page's origin on every POST. A subdomain, a page elsewhere, or nobody may not use the cookie. */
function requireExactOrigin(headers: Headers): void {
  if (headers.get('origin') !== new URL(config().PUBLIC_URL).origin) refuse('forbidden', 'origin')
}

async function bodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') refuse('media_type')
  const text = await request.text()
  if (text.length > mostBytes) refuse('too_large')
  try {
    return JSON.parse(text)
  } catch {
    return refuse('malformed', 'malformed', { errors: { '(body)': 'is not JSON' } })
  }
}

/** Cookies pass; the tokens the library would also write into the body do not, since scripts could read them there. */
function answered(answer: unknown, set?: Headers | null): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  for (const cookie of set?.getSetCookie() ?? []) headers.append('set-cookie', cookie)
  return new Response(JSON.stringify(answer), { headers })
}
