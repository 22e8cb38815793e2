import { sha256 } from '@/server/core/crypto'
import { countInMemory } from '@/server/core/rate-limit'
import { problem } from '@/server/problem'
import { correlationOf, networkAsking } from '@/server/request'

const follows = { name: 'feeds', max: 120, seconds: 60 }

/** A calendar for a program that comes back for it: unchanged, it is told so and no more. */
export async function answerFeed(
  request: Request,
  read: (bearer: (token: string) => string) => Promise<{ file: string }>,
): Promise<Response> {
  try {
    countInMemory(follows, networkAsking(request.headers))
    const { file } = await read((token) => token.replace(/\.ics$/, ''))
    const etag = `"${sha256(file)}"`
    const headers = {
      etag,
      'cache-control': 'private, max-age=0, must-revalidate',
      'referrer-policy': 'no-referrer',
    }
    const known = request.headers.get('if-none-match')?.split(',') ?? []
    if (known.some((one) => one.trim().replace(/^W\//, '') === etag))
      return new Response(null, { status: 304, headers })
    return new Response(file, {
      headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8; method=PUBLISH' },
    })
  } catch (error) {
    return problem(error, correlationOf(request.headers))
  }
}
