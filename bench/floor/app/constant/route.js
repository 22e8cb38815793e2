import { body, headers } from '../../answer'

export const dynamic = 'force-dynamic'

/** The cheapest answer the framework can give. */
export function GET(request) {
  if (request.headers.get('if-none-match') === headers.etag)
    return new Response(null, { status: 304, headers })
  return new Response(body, { headers })
}
