import { config } from '@/server/core/config'

/** Where the proxy sends what lives on the main host: its own redirects come out relative when both hosts are this machine. */
function answer(request: Request): Response {
  const to = new URL(request.url).searchParams.get('to') ?? '/'
  const { origin } = new URL(config().PUBLIC_URL)
  const location = new URL(origin + (to.startsWith('/') ? to : `/${to}`)).href
  return new Response(null, { status: 307, headers: { location, 'cache-control': 'no-store' } })
}

export { answer as GET, answer as POST }
