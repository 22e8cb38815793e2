import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb } from '@/db/client'
import { business, provider } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { anyone } from '@/server/core/policy'
import { query } from '@/server/core/query'

/** Which business has this address, or none. */
export async function tenantOfSlug(slug: string): Promise<string | null> {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_by_slug(${slug}) as tenant`,
  )
  return row?.tenant ?? null
}

/** A business as its visitors see it. */
export const showBusiness = query({
  name: 'business.business.show',
  input: z.strictObject({ slug: z.string().regex(/^[a-z0-9-]{1,63}$/, 'is not an address of a business') }),
  may: anyone,
  tenant: ({ slug }) => tenantOfSlug(slug),
  run: async (tx, _input, { tenantId }) => {
    const [row] = await tx
      .select({
        name: business.name,
        slug: business.slug,
        timeZone: business.timeZone,
        language: business.language,
      })
      .from(business)
      .where(eq(business.tenantId, tenantId))
    if (!row) refuse('not_found')
    const providers = await tx
      .select({ id: provider.id, name: provider.name, bio: provider.bio })
      .from(provider)
      .where(and(eq(provider.published, true), eq(provider.status, 'active')))
      .orderBy(provider.name, provider.id)
      .limit(100)
    return { ...row, providers }
  },
})
