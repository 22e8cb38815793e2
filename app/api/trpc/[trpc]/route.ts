import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { problem } from '@/server/problem'
import { addressOf, callOf, correlationOf, requireOwnOrigin } from '@/server/request'
import { appRouter } from '@/server/router'

const handler = async (request: Request): Promise<Response> => {
  const correlationId = correlationOf(request.headers)
  try {
    if (request.method === 'POST') requireOwnOrigin(request.headers)
    const call = await callOf(request.headers)
    return await fetchRequestHandler({
      endpoint: '/api/trpc',
      req: request,
      router: appRouter,
      maxBatchSize: 20,
      createContext: () => ({ call, address: addressOf(request.headers) }),
    })
  } catch (error) {
    return problem(error, correlationId)
  }
}

export { handler as GET, handler as POST }
