import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { business, membership } from '@/db/schema'
import { id, rfc3339 } from '@/server/core/fields'
import { members, signedIn } from '@/server/core/policy'
import { query } from '@/server/core/query'

/** Who belongs to a business and as what. Their names are their own and stay with their accounts. */
export const listMembers = query({
  name: 'auth.membership.list',
  input: z.strictObject({
    businessId: id,
    limit: z.int().min(1).max(100).default(100),
    after: id.optional(),
  }),
  may: members('owner', 'admin'),
  run: async (tx, { businessId, limit, after }) => {
    const rows = await tx
      .select({
        id: membership.id,
        userId: membership.userId,
        role: membership.role,
        grantedAt: membership.grantedAt,
      })
      .from(membership)
      .where(
        and(
          eq(membership.tenantId, businessId),
          isNull(membership.revokedAt),
          after ? gt(membership.id, after) : undefined,
        ),
      )
      .orderBy(asc(membership.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit).map((row) => ({ ...row, grantedAt: rfc3339(row.grantedAt) }))
    return { members: page, after: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
  },
})

/** A person's own roles in every business, with its name and address: what the switcher shows. */
export const listOwnMemberships = query({
  name: 'auth.membership.list_own',
  input: z.strictObject({}),
  may: signedIn,
  run: async (tx, _input, { call }) => {
    const userId = call.actor.kind === 'user' ? call.actor.userId : ''
    const rows = await tx
      .select({ id: membership.id, businessId: membership.tenantId, role: membership.role })
      .from(membership)
      .where(and(eq(membership.userId, userId), isNull(membership.revokedAt)))
      .orderBy(asc(membership.tenantId), asc(membership.role))
    const named = new Map<string, { name: string; slug: string }>()
    for (const { businessId } of rows) {
      if (named.has(businessId)) continue
      // Each business shows its name to itself only; this transaction ends here.
      await tx.execute(sql`select set_config('app.tenant', ${businessId}, true)`)
      const [found] = await tx
        .select({ name: business.name, slug: business.slug })
        .from(business)
        .where(eq(business.tenantId, businessId))
      if (found) named.set(businessId, found)
    }
    return { memberships: rows.map((row) => ({ ...row, business: named.get(row.businessId) ?? null })) }
  },
})
