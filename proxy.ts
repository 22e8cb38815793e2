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
      return NextResponse.next()
    case 'rewrite':
      return rewritten(request, route.path, search)
    case 'main_host':
      return rewritten(request, '/api/main-host', `?${new URLSearchParams({ to: route.path + search })}`)
    case 'not_found':
      return new NextResponse('There is nothing at this address.\n', {
        status: 404,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      })
  }
}

function rewritten(request: NextRequest, pathname: string, search: string): NextResponse {
  const url = request.nextUrl.clone()
  url.pathname = pathname
  url.search = search
  return NextResponse.rewrite(url)
}

// Programs reach the API under any name, and the framework's own files are the same everywhere.
export const config = { matcher: ['/((?!api/|_next/).*)'] }
