import { readiness } from '@/server/platform/event/readiness'

export const dynamic = 'force-dynamic'

/** Ready to serve: the database answers and has this build's shape. */
export async function GET(): Promise<Response> {
  const state = await readiness()
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (!state.ready) headers['retry-after'] = '2'
  return Response.json(state, { status: state.ready ? 200 : 503, headers })
}
