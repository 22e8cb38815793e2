import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { isRefusal, Refusal } from '@/server/core/errors'
import { problem } from '@/server/problem'
import { callOf, correlationOf, requireOwnOrigin } from '@/server/request'
import { appRouter } from '@/server/router'

/** A page asks for a handful at once; a thousand is an attack or a mistake. */
const mostCalls = 20

const handler = async (request: Request): Promise<Response> => {
  const correlationId = correlationOf(request.headers)
  try {
    if (request.method === 'POST') requireOwnOrigin(request.headers)
    const calls = new URL(request.url).pathname.split(',').length
    if (calls > mostCalls)
      throw new Refusal('malformed', 'malformed', {
        errors: { batch: `holds ${calls} calls; at most ${mostCalls}` },
      })
    const call = await callOf(request.headers)
    return await fetchRequestHandler({
      endpoint: '/api/trpc',
      req: request,
      router: appRouter,
      maxBatchSize: mostCalls,
      responseMeta: ({ errors }) => {
        const limited = errors.map((e) => e.cause).find((c) => isRefusal(c) && c.code === 'rate_limited')
        if (!isRefusal(limited)) return {}
        const headers = new Headers(limited.data.headers as Record<string, string>)
        headers.set('retry-after', String(limited.data.retryAfter))
        return { headers }
      },
      createContext: () => ({ call }),
    })
  } catch (error) {
    return problem(error, correlationId)
  }
}

export { handler as GET, handler as POST }
