import { listOwnMemberships } from '@/server/auth/membership/queries'
import { revokeMembership } from '@/server/auth/membership/revoke'
import { eraseUser } from '@/server/auth/user/erase'
import { limits } from '@/server/auth/user/limits'
import { requirePassword } from '@/server/auth/user/require-password'
import { systemActor } from '@/server/core/actor'
import { type Call, newCall } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { countInDatabase } from '@/server/core/rate-limit'

/**
 * Somebody leaves: their roles end, business by business, then they are forgotten. The roles of an owner first, since
 * the last owner of a business may not leave; stopped half way, it goes on where it was.
 */
export async function deleteAccount(call: Call, password: string | undefined): Promise<void> {
  const { actor } = call
  if (actor.kind !== 'user') refuse('unauthenticated')
  await countInDatabase(limits.passwordByPerson, actor.userId)
  await requirePassword(actor.userId, password)
  const { memberships } = await listOwnMemberships.execute({}, call)
  const leaving = newCall(systemActor('delete-account'), { correlationId: call.correlationId })
  const ownersFirst = [...memberships].sort((a, b) => Number(b.role === 'owner') - Number(a.role === 'owner'))
  for (const { businessId, id } of ownersFirst)
    await revokeMembership.execute({ businessId, membershipId: id }, leaving)
  await eraseUser(actor.userId)
}
