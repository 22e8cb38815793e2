import { config } from '@/server/core/config'
import { isRefusal, isUnavailable, Refusal, type RefusalData, refusalKinds } from '@/server/core/errors'
import { logger } from '@/server/core/logger'
import { wordsFor } from './words'

export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: string
  errors?: Record<string, string>
  correlationId: string
} & Record<string, unknown>

/** Any error as a refusal. What was not foreseen is recorded whole and told to nobody. */
export function asRefusal(error: unknown, correlationId: string): Refusal | null {
  if (isRefusal(error)) return error
  if (isUnavailable(error)) {
    logger().warn({ correlationId, err: error }, 'database unavailable')
    return new Refusal('unavailable', 'unavailable', { retryAfter: 2 })
  }
  logger().error({ correlationId, err: error }, 'unexpected error')
  return null
}

/** problem+json: the kind gives the status, the code says which, its data stands beside them. */
export function problemOf(refusal: Refusal | null, correlationId: string): Problem {
  const code = refusal?.code ?? 'internal'
  const data: RefusalData = refusal?.data ?? {}
  const { title, detail } = wordsFor(code)
  const { headers: _, ...shown } = data
  return {
    ...shown,
    type: `${config().PUBLIC_URL}/errors/${code}`,
    title,
    status: refusal ? refusalKinds[refusal.kind].status : 500,
    detail: detail(data),
    code,
    correlationId,
  }
}

export function problem(error: unknown, correlationId: string): Response {
  const body = problemOf(asRefusal(error, correlationId), correlationId)
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  const retryAfter = body.retryAfter ?? (body.status === 503 ? 2 : undefined)
  if (typeof retryAfter === 'number') headers.set('retry-after', String(retryAfter))
  for (const [name, value] of Object.entries(
    (isRefusal(error) && (error.data.headers as Record<string, string>)) || {},
  ))
    headers.set(name, value)
  return new Response(JSON.stringify(body), { status: body.status, headers })
}
