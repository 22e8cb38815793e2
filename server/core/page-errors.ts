import type { IncomingMessage, ServerResponse } from 'node:http'
import { isUnavailable } from './errors'
import { logger } from './logger'
import { problem } from './problem'

/** When a page last failed because the database was away, as the framework told us. */
type Shared = { __slotwise_page_away?: number }

export function recordPageError(error: unknown, path: string, correlationId: string | undefined): void {
  const unavailable = isUnavailable(error)
  if (unavailable) (globalThis as Shared).__slotwise_page_away = Date.now()
  logger()[unavailable ? 'warn' : 'error'](
    { err: error, path: path.split('?', 1)[0], correlationId },
    'a page could not be drawn',
  )
}

const recentMs = 5000

/** A page that failed for want of a database is not broken: it is unavailable, and worth asking for again. */
export function honestStatus(req: IncomingMessage, res: ServerResponse): void {
  if (req.url?.startsWith('/api/')) {
    saidInFull(req, res)
    return
  }
  const writeHead = res.writeHead
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    const away = Date.now() - ((globalThis as Shared).__slotwise_page_away ?? 0) < recentMs
    if (status === 500 && away) {
      res.setHeader('retry-after', '2')
      return Reflect.apply(writeHead, res, [503, ...rest])
    }
    return Reflect.apply(writeHead, res, [status, ...rest])
  }) as typeof res.writeHead
}

/** The framework refuses a method with nothing but a number; programs get the problem that every refusal is. */
function saidInFull(req: IncomingMessage, res: ServerResponse): void {
  const { writeHead, end } = res
  let body: string | null = null
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    if (status === 405 && !res.hasHeader('content-type')) {
      body = JSON.stringify(
        problem(
          405,
          'method',
          'This address does not take that method.',
          String(req.headers['x-request-id']),
        ),
      )
      res.setHeader('content-type', 'application/problem+json')
      res.removeHeader('content-length')
    }
    return Reflect.apply(writeHead, res, [status, ...rest])
  }) as typeof res.writeHead
  res.end = ((...rest: unknown[]) => {
    if (res.statusCode === 405 && !res.headersSent) res.writeHead(405)
    return Reflect.apply(end, res, body === null ? rest : [body])
  }) as typeof res.end
}

/** What the framework prints for itself goes where everything goes, as lines of the same kind. */
export function captureConsole(): void {
  const told =
    (level: 'error' | 'warn') =>
    (...said: unknown[]) => {
      const error = said.find((s) => s instanceof Error)
      // Its text repeats what is told structured elsewhere, with parameters that may be people's: only its kind is kept.
      logger()[level]({ err: error }, error ? 'framework' : String(said[0]).split('\n', 1)[0]?.slice(0, 200))
    }
  console.error = told('error')
  console.warn = told('warn')
}
