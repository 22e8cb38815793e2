import { serveIdentity } from '@/server/auth/user/serve'
import { problem } from '@/server/problem'
import { addressOf, correlationOf } from '@/server/request'

type Context = { params: Promise<{ all: string[] }> }

async function answer(request: Request, { params }: Context): Promise<Response> {
  const correlationId = correlationOf(request.headers)
  try {
    const path = (await params).all.join('/')
    return await serveIdentity(path, request, { address: addressOf(request.headers), correlationId })
  } catch (error) {
    return problem(error, correlationId)
  }
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT }
