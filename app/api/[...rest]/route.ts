import { Refusal } from '@/server/core/errors'
import { problem } from '@/server/problem'
import { correlationOf } from '@/server/request'

/** An address below /api that nobody serves: said to programs in their own format. */
const nothing = (request: Request): Response =>
  problem(new Refusal('not_found', 'not_found'), correlationOf(request.headers))

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT }
