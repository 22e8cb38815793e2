import { collect } from '@/server/platform/event/collect-metrics'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const { contentType, text } = await collect()
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
}
