import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { membership } from '@/db/schema'
import type { Role } from '@/server/core/actor'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { inBusiness, membershipsLock, mustManage } from './capabilities'
import { membershipRevoked } from './events'
import { membershipLife, statusOf } from './model'

/** Takes a role away: at once, on every stream and page. A business is never left without an owner. */
export const revokeMembership = command({
  name: 'auth.membership.revoke',
  input: z.strictObject({ businessId: id, membershipId: id }),
  may: members('owner', 'admin'),
  locks: (_tx, { businessId }) => [membershipsLock(businessId)],
  run: async (tx, { businessId, membershipId }, { actor, tenantId, now, append }) => {
    const [row] = await tx
      .select()
      .from(membership)
      .where(and(eq(membership.tenantId, tenantId), eq(membership.id, membershipId)))
    if (!row || !membershipLife.can(statusOf(row), 'revoke')) refuse('not_found')
    await mustManage(tx, businessId, actor, row.role)
    if (row.role === 'owner') {
      const owners = await tx
        .select({ id: membership.id })
        .from(membership)
        .where(and(inBusiness(businessId), eq(membership.role, 'owner')))
      if (owners.length < 2) refuse('conflict', 'last_owner')
    }
    const { userId } = row
    await append([
      membershipRevoked(membershipId, { membershipId, businessId, userId, role: row.role as Role }),
    ])
    await tx.update(membership).set({ revokedAt: now }).where(eq(membership.id, membershipId))
    return { membershipId }
  },
})
