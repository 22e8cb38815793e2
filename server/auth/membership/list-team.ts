import { and, asc, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { membership } from '@/db/schema'
import { plain } from '@/server/business/provider/model-listing'
import { id, line } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { namesOfUsers } from '../user/queries'

/** More than a business has; their names are kept apart from it and are put in order here. */
const mostRoles = 2000

/** Who works in a business, by name, each with all their roles; a page at a time by key. */
export const listTeam = query({
  name: 'auth.membership.list_team',
  input: z.strictObject({
    businessId: id,
    q: line(100, 0).default(''),
    limit: z.int().min(1).max(100).default(25),
    after: z.strictObject({ name: z.string().max(200), id }).optional(),
  }),
  may: members('owner', 'admin'),
  run: async (tx, { businessId, q, limit, after }) => {
    const rows = await tx
      .select({ id: membership.id, userId: membership.userId, role: membership.role })
      .from(membership)
      .where(and(eq(membership.tenantId, businessId), isNull(membership.revokedAt)))
      .orderBy(asc(membership.id))
      .limit(mostRoles)
    const names = await namesOfUsers(rows.map(({ userId }) => userId))
    const people = [...Map.groupBy(rows, ({ userId }) => userId)]
      .map(([userId, held]) => ({
        userId,
        name: names.get(userId) ?? '',
        key: `${plain(names.get(userId) ?? '').slice(0, 200)}\n${userId}`,
        roles: held.map(({ id, role }) => ({ membershipId: id, role })),
      }))
      .filter(({ name }) => plain(name).includes(plain(q)))
      .filter(({ key }) => !after || key > `${after.name}\n${after.id}`)
      .sort((a, b) => (a.key < b.key ? -1 : 1))
    const page = people.slice(0, limit).map(({ key: _, ...person }) => person)
    const last = people.length > limit ? page.at(-1) : undefined
    return { people: page, after: last ? { name: plain(last.name).slice(0, 200), id: last.userId } : null }
  },
})
