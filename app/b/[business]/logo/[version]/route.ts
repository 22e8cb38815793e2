import { headers } from 'next/headers'
import { logoPath } from '@/server/business/business/model'
import { showLogo } from '@/server/business/business/queries'
import { isRefusal } from '@/server/core/errors'
import { problem } from '@/server/problem'
import { correlationOf, viewOf } from '@/server/request'

type Params = { params: Promise<{ business: string; version: string }> }

/** A business's logo. Its address changes with it, so it is kept for good; who asks for an older one is sent on. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const [{ business: slug, version }, asked] = await Promise.all([params, headers()])
  try {
    const logo = await showLogo.execute({ slug }, await viewOf(asked))
    if (logo.version !== version)
      return new Response(null, {
        status: 302,
        headers: { location: logoPath({ slug, logo: logo.version }) ?? '', 'cache-control': 'no-store' },
      })
    return new Response(new Uint8Array(logo.image), {
      headers: {
        'content-type': 'image/png',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
      },
    })
  } catch (error) {
    if (isRefusal(error)) return problem(error, correlationOf(asked))
    throw error
  }
}
