import { body, headers } from '../../answer'
import { ask } from '../../ask'

export const dynamic = 'force-dynamic'

/** One query of the real kind, and an answer of the real size. */
export async function GET(request) {
  await ask(new URL(request.url).searchParams)
  return new Response(body, { headers })
}
