import { initTRPC, TRPCError } from '@trpc/server'
import type { z } from 'zod'
import type { Call, Command } from '@/server/core/command'
import { isRefusal, Refusal, refusalKinds } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import type { Query } from '@/server/core/query'
import { type Allowance, countInDatabase, countInMemory, type Limit } from '@/server/core/rate-limit'
import { asRefusal, problemOf } from './problem'

export type RequestContext = { call: Call; allowance?: Allowance }

export type Rest = {
  method: 'GET' | 'POST'
  /** Under /api/v1, with {names} of input fields. */
  path: string
  summary: string
  status?: 200 | 201
  answer: z.ZodType
}

type Action<I, O, P> = Command<I, O, P> | Query<I, O, P>

export type ProcedureMeta = {
  action: Action<unknown, unknown, unknown>
  rest: Rest | null
}

/** What the protocol itself refuses, in our words. */
const transport: Partial<Record<string, Refusal>> = {
  PARSE_ERROR: new Refusal('malformed', 'malformed', { errors: { '(body)': 'is not JSON' } }),
  BAD_REQUEST: new Refusal('malformed', 'malformed', { errors: { '(body)': 'is not a call' } }),
  NOT_FOUND: new Refusal('not_found', 'not_found'),
  METHOD_NOT_SUPPORTED: new Refusal('method', 'method'),
  UNSUPPORTED_MEDIA_TYPE: new Refusal('media_type', 'media_type'),
  PAYLOAD_TOO_LARGE: new Refusal('too_large', 'too_large'),
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => {
      const correlationId = ctx?.call.correlationId ?? newId()
      const refusal = isRefusal(error.cause) ? error.cause : transport[error.code]
      const problem = problemOf(refusal ?? asRefusal(error.cause ?? error, correlationId), correlationId)
      const { stack: _, ...data } = shape.data
      return { ...shape, message: problem.code, data: { ...data, httpStatus: problem.status, problem } }
    },
  })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

export const availabilityReads: Limit = { name: 'availability', max: 1200, seconds: 60 }
const reads: Limit = { name: 'reads', max: 1200, seconds: 60 }
export const writes: Limit = { name: 'writes', max: 120, seconds: 60 }

/** Counted by facts of the server's own: the account where there is one, else the peer's network. */
export async function countRequest(
  { call: { actor, network } }: RequestContext,
  kind: 'query' | 'command',
): Promise<Allowance> {
  const who = actor.kind === 'user' ? actor.userId : (network ?? 'unknown')
  return kind === 'query' ? countInMemory(reads, who) : countInDatabase(writes, who)
}

/**
 * Serves one verb or query to tRPC and, where said, to REST: one definition. There is no other way to make a procedure,
 * so none is without a policy.
 */
export function expose<I, O, P>(action: Command<I, O, P>, options?: { rest?: Rest }): MutationOf<I, O>
export function expose<I, O, P>(action: Query<I, O, P>, options?: { rest?: Rest }): QueryOf<I, O>
export function expose<I, O, P, V>(
  action: Command<I, O, P>,
  options: { rest?: Rest; present: (result: O) => V },
): MutationOf<I, V>
export function expose<I, O, P, V>(
  action: Action<I, O, P>,
  options: { rest?: Rest; present?: (result: O) => V } = {},
) {
  const meta: ProcedureMeta = {
    action: action as unknown as ProcedureMeta['action'],
    rest: options.rest ?? null,
  }
  const procedure = t.procedure.meta(meta).input((raw: unknown) => raw as I)
  const resolve = async ({ ctx, input }: { ctx: RequestContext; input: I }): Promise<V> => {
    try {
      ctx.allowance = await countRequest(ctx, action.kind)
      const result = await action.execute(input, ctx.call)
      return options.present ? options.present(result) : (result as unknown as V)
    } catch (error) {
      const refusal = asRefusal(error, ctx.call.correlationId)
      throw new TRPCError({
        code: refusal ? refusalKinds[refusal.kind].trpc : 'INTERNAL_SERVER_ERROR',
        cause: refusal ?? error,
      })
    }
  }
  return action.kind === 'command' ? makeMutation(procedure, resolve) : makeQuery(procedure, resolve)
}

type Base<I> = ReturnType<typeof baseOf<I>>
const baseOf = <I>() => t.procedure.input((raw: unknown) => raw as I)
const makeMutation = <I, V>(
  procedure: Base<I>,
  resolve: (o: { ctx: RequestContext; input: I }) => Promise<V>,
) => procedure.mutation((o) => resolve({ ctx: o.ctx, input: o.input as I }))
const makeQuery = <I, V>(procedure: Base<I>, resolve: (o: { ctx: RequestContext; input: I }) => Promise<V>) =>
  procedure.query((o) => resolve({ ctx: o.ctx, input: o.input as I }))
type MutationOf<I, V> = ReturnType<typeof makeMutation<I, V>>
type QueryOf<I, V> = ReturnType<typeof makeQuery<I, V>>
