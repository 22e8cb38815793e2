import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { membership } from '@/db/schema'
import type { Actor } from '@/server/core/actor'
import { refuse } from '@/server/core/errors'

/** All who change who belongs to a business stand in one line. */
export const membershipsLock = (businessId: string): string => `memberships:${businessId}`

/** Named even though row-level security would: a condition one can read is worth having twice. */
export const inBusiness = (businessId: string) =>
  and(eq(membership.tenantId, businessId), isNull(membership.revokedAt))

/**
 * What the actor may do to members now, read behind the lock: a role that was taken a moment ago gives nothing away.
 * Only an owner makes or unmakes owners.
 */
export async function mustManage(tx: Tx, businessId: string, actor: Actor, role: string): Promise<void> {
  if (actor.kind !== 'user') return
  const held = await tx
    .select({ role: membership.role })
    .from(membership)
    .where(and(inBusiness(businessId), eq(membership.userId, actor.userId)))
  const roles = held.map((row) => row.role)
  if (!roles.includes('owner') && !roles.includes('admin')) refuse('not_found')
  if (role === 'owner' && !roles.includes('owner')) refuse('forbidden')
}
