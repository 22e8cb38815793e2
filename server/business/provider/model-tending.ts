import { type Actor, rolesIn } from '@/server/core/actor'

/** Who tends everybody's time in a business. Whoever is only a provider tends their own. */
export const tendsAll = (actor: Actor, tenantId: string): boolean =>
  actor.kind !== 'user' || rolesIn(actor, tenantId).some((role) => role === 'owner' || role === 'admin')

/** Whether this one's time is theirs to tend, given whose account it is. */
export const tends = (actor: Actor, tenantId: string, userId: string | null): boolean =>
  tendsAll(actor, tenantId) || (actor.kind === 'user' && actor.userId === userId)
