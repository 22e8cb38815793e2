import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { membership } from '@/db/schema'
import { roles } from '@/server/core/actor'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { membershipsLock, mustManage } from './capabilities'
import { membershipGranted } from './events'
import { membershipLife, statusOf } from './model'

/** Gives somebody a role. Only an owner makes owners. */
export const grantMembership = command({
  name: 'auth.membership.grant',
  input: z.strictObject({ businessId: id, userId: id, role: z.enum(roles) }),
  may: members('owner', 'admin'),
  locks: (_tx, { businessId }) => [membershipsLock(businessId)],
  run: async (tx, { businessId, userId, role }, { actor, tenantId, now, append }) => {
    await mustManage(tx, businessId, actor, role)
    const [row] = await tx
      .select()
      .from(membership)
      .where(and(eq(membership.tenantId, tenantId), eq(membership.userId, userId), eq(membership.role, role)))
    if (row && !membershipLife.can(statusOf(row), 'grant')) return { membershipId: row.id }
    const membershipId = row?.id ?? newId()
    await append([membershipGranted(membershipId, { membershipId, businessId, userId, role })])
    if (row)
      await tx.update(membership).set({ revokedAt: null, grantedAt: now }).where(eq(membership.id, row.id))
    else await tx.insert(membership).values({ tenantId, id: membershipId, userId, role, grantedAt: now })
    return { membershipId }
  },
})
