import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { invitation, membership } from '@/db/schema'
import { command } from '@/server/core/command'
import { isResourceToken } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { signedIn } from '@/server/core/policy'
import { inBusiness, membershipsLock } from '../membership/capabilities'
import { membershipGranted } from '../membership/events'
import { invitationAccepted } from './events'
import { invitationLife, stands } from './model'
import { tenantOfInvitation } from './queries'

/** Whoever holds the mail's link takes the role, with the account they are signed in to. */
export const acceptInvitation = command({
  name: 'auth.invitation.accept',
  input: z.strictObject({ invitationId: id, token: z.string().max(200) }),
  may: signedIn,
  tenant: ({ invitationId, token }) =>
    isResourceToken(token, 'invitation', invitationId) ? tenantOfInvitation(invitationId) : null,
  locks: async (_tx, { invitationId }) => [membershipsLock((await tenantOfInvitation(invitationId)) ?? '')],
  run: async (tx, { invitationId }, { actor, tenantId, now, append }) => {
    const userId = actor.kind === 'user' ? actor.userId : refuse('unauthenticated')
    const own = and(eq(invitation.tenantId, tenantId), eq(invitation.id, invitationId))
    const [row] = await tx.select().from(invitation).where(own)
    if (!row || !stands(row, now)) refuse('conflict', 'invitation_over')
    // The role is given in the name of whoever asked: it is only theirs to give while they still run the business.
    const [inviter] = await tx
      .select({ role: membership.role })
      .from(membership)
      .where(
        and(
          inBusiness(tenantId),
          eq(membership.userId, row.invitedBy),
          inArray(membership.role, row.role === 'owner' ? ['owner'] : ['owner', 'admin']),
        ),
      )
    if (!inviter) refuse('conflict', 'invitation_over')
    const [held] = await tx
      .select()
      .from(membership)
      .where(
        and(eq(membership.tenantId, tenantId), eq(membership.userId, userId), eq(membership.role, row.role)),
      )
    const membershipId = held?.id ?? newId()
    const businessId = tenantId
    const granted = membershipGranted(membershipId, { membershipId, businessId, userId, role: row.role })
    await append([
      invitationAccepted(invitationId, { invitationId, businessId, userId }),
      ...(held && !held.revokedAt ? [] : [granted]),
    ])
    await tx
      .update(invitation)
      .set({ status: invitationLife.next(row.status, 'accept'), email: null })
      .where(own)
    if (!held)
      await tx
        .insert(membership)
        .values({ tenantId, id: membershipId, userId, role: row.role, grantedAt: now })
    else if (held.revokedAt)
      await tx
        .update(membership)
        .set({ revokedAt: null, grantedAt: now })
        .where(and(eq(membership.tenantId, tenantId), eq(membership.id, held.id)))
    return { businessId, role: row.role }
  },
})
