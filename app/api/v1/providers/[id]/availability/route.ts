import { Refusal } from '@/server/core/errors'
import { countInMemory, rateHeaders } from '@/server/core/rate-limit'
import { problem } from '@/server/problem'
import { availabilityReads } from '@/server/procedure'
import { addressOf, correlationOf } from '@/server/request'
import { queryFields } from '@/server/rest-fields'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  try {
    const allowance = countInMemory(availabilityReads, addressOf(request.headers))
    const { id } = await params
    const asked = queryFields(new URL(request.url))
    if ('providerId' in asked)
      throw new Refusal('malformed', 'malformed', { errors: { providerId: 'belongs into the path' } })
    const shown = await showAvailability({ ...asked, providerId: id })
    const headers = {
      etag: shown.etag,
      'cache-control': 'private, max-age=0, must-revalidate',
      'content-type': 'application/json',
      ...rateHeaders(allowance),
    }
    const known = request.headers.get('if-none-match')
    if (
      known &&
      (known === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === shown.etag))
    )
      return new Response(null, { status: 304, headers })
    return new Response(shown.body, { headers })
  } catch (error) {
    return problem(error, correlationOf(request.headers))
  }
}
