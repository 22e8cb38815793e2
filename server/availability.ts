import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuse } from '@/server/core/errors'
import { countInMemory, rateHeaders } from '@/server/core/rate-limit'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'
import { problem } from './problem'
import { availabilityReads } from './procedure'
import { correlationOf, networkAsking } from './request'
import { queryFields } from './rest-fields'

const path = /^\/api\/v1\/providers\/([^/?]+)\/availability(?:\?|$)/

/** The question that every open calendar asks: answered before the framework, which would cost more than the answer. */
export const isAvailability = (req: IncomingMessage): boolean => path.test(req.url ?? '')

export async function serveAvailability(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const headers = new Headers()
  for (const name of ['x-slotwise-peer', 'x-request-id']) headers.set(name, String(req.headers[name] ?? ''))
  try {
    if (req.method !== 'GET' && req.method !== 'HEAD')
      refuse('method', 'method', { headers: { allow: 'GET, HEAD' } })
    const allowance = countInMemory(availabilityReads, networkAsking(headers))
    const asked = queryFields(new URL(req.url ?? '', 'http://availability'))
    if ('providerId' in asked)
      refuse('malformed', 'malformed', { errors: { providerId: 'belongs into the path' } })
    const shown = await showAvailability({ ...asked, providerId: path.exec(req.url ?? '')?.[1] ?? '' })
    const told = {
      ...rateHeaders(allowance),
      etag: shown.etag,
      'cache-control': 'private, max-age=0, must-revalidate',
      'content-type': 'application/json',
    }
    if (isKnown(req.headers['if-none-match'], shown.etag)) return void res.writeHead(304, told).end()
    res.writeHead(200, { ...told, 'content-length': shown.body.byteLength }).end(shown.body)
  } catch (error) {
    const said = problem(error, correlationOf(headers))
    for (const [name, value] of said.headers) res.setHeader(name, value)
    res.writeHead(said.status).end(await said.text())
  }
}

const isKnown = (known: string | undefined, etag: string): boolean =>
  known !== undefined &&
  (known === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
