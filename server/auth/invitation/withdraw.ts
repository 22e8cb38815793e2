import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { invitation } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { membershipsLock, mustManage } from '../membership/capabilities'
import { invitationWithdrawn } from './events'
import { invitationLife } from './model'

/** Takes an invitation back before it is accepted. */
export const withdrawInvitation = command({
  name: 'auth.invitation.withdraw',
  input: z.strictObject({ businessId: id, invitationId: id }),
  may: members('owner', 'admin'),
  locks: (_tx, { businessId }) => [membershipsLock(businessId)],
  run: async (tx, { businessId, invitationId }, { actor, tenantId, append }) => {
    const own = and(eq(invitation.tenantId, tenantId), eq(invitation.id, invitationId))
    const [row] = await tx.select().from(invitation).where(own)
    if (!row) refuse('not_found')
    await mustManage(tx, businessId, actor, row.role)
    const status = invitationLife.next(row.status, 'withdraw')
    await append([invitationWithdrawn(invitationId, { invitationId, businessId })])
    await tx.update(invitation).set({ status, email: null }).where(own)
    return { invitationId }
  },
})
