import { slugField } from '@/server/business/business/model'
import { tenantOfSlug } from '@/server/business/business/queries'
import { countInMemory } from '@/server/core/rate-limit'
import { problem } from '@/server/problem'
import { correlationOf, networkAsking } from '@/server/request'

const lookups = { name: 'addresses', max: 240, seconds: 60 }

/** Whether a page's address can be had, while it is typed. Whether it is in use anybody can see by opening it. */
export async function GET(request: Request): Promise<Response> {
  try {
    countInMemory(lookups, networkAsking(request.headers))
    const slug = new URL(request.url).searchParams.get('slug') ?? ''
    return Response.json({ verdict: await judge(slug) }, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return problem(error, correlationOf(request.headers))
  }
}

async function judge(slug: string): Promise<'free' | 'taken' | 'reserved' | 'slug'> {
  const parsed = slugField.safeParse(slug)
  if (!parsed.success)
    return parsed.error.issues.some((issue) => issue.message === 'is reserved') ? 'reserved' : 'slug'
  return (await tenantOfSlug(parsed.data)) ? 'taken' : 'free'
}
