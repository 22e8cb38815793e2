/** What kind of refusal it is decides the HTTP status and the tRPC code; the code says which one, for programs. */
export const refusalKinds = {
  malformed: { status: 400, trpc: 'BAD_REQUEST' },
  unauthenticated: { status: 401, trpc: 'UNAUTHORIZED' },
  forbidden: { status: 403, trpc: 'FORBIDDEN' },
  not_found: { status: 404, trpc: 'NOT_FOUND' },
  method: { status: 405, trpc: 'METHOD_NOT_SUPPORTED' },
  conflict: { status: 409, trpc: 'CONFLICT' },
  too_large: { status: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  media_type: { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE' },
  unprocessable: { status: 422, trpc: 'UNPROCESSABLE_CONTENT' },
  rate_limited: { status: 429, trpc: 'TOO_MANY_REQUESTS' },
  unavailable: { status: 503, trpc: 'SERVICE_UNAVAILABLE' },
} as const

export type RefusalKind = keyof typeof refusalKinds
export type RefusalData = Record<string, unknown>

/** A refusal is an expected answer, not a fault: typed, with data for programs; its words are made at the edge. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly data: RefusalData
  constructor(kind: RefusalKind, code: string, data: RefusalData = {}) {
    super(`${kind}: ${code}`)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.data = data
  }
}

export function refuse(kind: RefusalKind, code: string = kind, data: RefusalData = {}): never {
  throw new Refusal(kind, code, data)
}

/** Bundles hold several copies of this module in one process, so `instanceof` is not enough. */
export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && error.name === 'Refusal' && 'kind' in error

const causes = function* (error: unknown): Generator<Record<string, unknown>> {
  for (let e = error, depth = 0; e && typeof e === 'object' && depth < 5; depth++) {
    yield e as Record<string, unknown>
    e = (e as { cause?: unknown }).cause
  }
}

/** What went wrong at the bottom. The query builder's own message repeats the parameters, which may be people's. */
export function rootCause(error: unknown): unknown {
  let at = error
  while (at instanceof Error && at.cause instanceof Error) at = at.cause
  return at
}

/** The SQLSTATE or socket code behind an error, however deep drizzle wrapped it. */
export function errorCode(error: unknown): string | undefined {
  for (const e of causes(error)) if (typeof e.code === 'string') return e.code
  return undefined
}

export function constraintOf(error: unknown): string | undefined {
  for (const e of causes(error)) if (typeof e.constraint_name === 'string') return e.constraint_name
  return undefined
}

/** Serialisation failure, deadlock, and our own: a head moved since it was read. */
export const retryable = new Set(['40001', '40P01', 'SW409'])

const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
  '08001',
  '55P03',
  '57014',
  '25P03',
  '25P04',
])

/** The database is away, full or too slow to answer in time: say so, and that it is worth trying again. */
export const isUnavailable = (error: unknown): boolean => away.has(errorCode(error) ?? '')
