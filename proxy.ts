import { type NextRequest, NextResponse } from 'next/server'
import { routeOf } from '@/server/business/business/model-host'
import { config as settings } from '@/server/core/config'

/** Hosts only: which pages a host serves, never who may see them. The front door lets no stranger name a forwarded host. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host')
  const route = routeOf(host, pathname, settings().PUBLIC_URL)
  switch (route.kind) {
    case 'pass':
      return NextResponse.next({ request: { headers: named(request, pathname) } })
    case 'rewrite':
      return NextResponse.rewrite(moved(request, route.path, search), {
        request: { headers: named(request, route.path) },
      })
    case 'main_host':
      return NextResponse.rewrite(
        moved(request, '/api/main-host', `?${new URLSearchParams({ to: route.path + search })}`),
      )
    case 'not_found':
      return new NextResponse('There is nothing at this address.\n', {
        status: 404,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      })
  }
}

/** Whose page it is, for the frame around all pages: it says in which language. */
function named({ headers: given }: NextRequest, path: string): Headers {
  const headers = new Headers(given)
  headers.set('x-slotwise-business', /^\/b\/([^/]+)/.exec(path)?.[1] ?? '')
  return headers
}

function moved(request: NextRequest, pathname: string, search: string): URL {
  const url = request.nextUrl.clone()
  url.pathname = pathname
  url.search = search
  return url
}

// Programs reach the API under any name, and the framework's own files are the same everywhere.
export const config = { matcher: ['/((?!api/|_next/).*)'] }
