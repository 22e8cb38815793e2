import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { membership } from '@/db/schema'
import { type Role, rolesIn } from '@/server/core/actor'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { membershipRevoked } from './events'

/** Takes a role away: at once, on every stream and page. A business is never left without an owner. */
export const revokeMembership = command({
  name: 'auth.membership.revoke',
  input: z.strictObject({ businessId: id, membershipId: id }),
  may: members('owner', 'admin'),
  locks: (_tx, { businessId }) => [`memberships:${businessId}`],
  run: async (tx, { businessId, membershipId }, { actor, tenantId, now, append }) => {
    const [row] = await tx
      .select()
      .from(membership)
      .where(and(eq(membership.id, membershipId), isNull(membership.revokedAt)))
    if (!row) refuse('not_found')
    if (row.role === 'owner') {
      if (actor.kind === 'user' && !rolesIn(actor, tenantId).includes('owner')) refuse('forbidden')
      const owners = await tx
        .select({ id: membership.id })
        .from(membership)
        .where(and(eq(membership.role, 'owner'), isNull(membership.revokedAt)))
      if (owners.length < 2) refuse('conflict', 'last_owner')
    }
    await append([
      membershipRevoked(membershipId, { membershipId, businessId, userId: row.userId, role: row.role as Role }),
    ])
    await tx.update(membership).set({ revokedAt: now }).where(eq(membership.id, membershipId))
    return { membershipId }
  },
})
