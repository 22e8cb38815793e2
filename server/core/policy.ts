import { type Actor, type Role, rolesIn } from './actor'

/** Who may call, as data: the router is walked and every procedure × role × foreign tenant is tried from it. */
export type Policy =
  | { kind: 'public' }
  | { kind: 'signed_in' }
  | { kind: 'member'; roles: readonly Role[] }
  | { kind: 'bearer'; resource: string; orRoles: readonly Role[] }
  | { kind: 'operator' }
  | { kind: 'system' }

export const anyone: Policy = { kind: 'public' }
export const signedIn: Policy = { kind: 'signed_in' }
export const operators: Policy = { kind: 'operator' }
/** Only handlers, sweeps and workflows; never exposed by a router. */
export const systemOnly: Policy = { kind: 'system' }
export const members = (...roles: Role[]): Policy => ({ kind: 'member', roles })
/** The holder of the resource's token, or a member in one of these roles. */
export const bearerOf = (resource: string, ...orRoles: Role[]): Policy => ({
  kind: 'bearer',
  resource,
  orRoles,
})

export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden' | 'not_found'

/** What belongs to others does not exist: a stranger to the tenant hears "not found", a member without the role "forbidden". */
export function judge(
  policy: Policy,
  actor: Actor,
  tenantId: string | null,
  resourceId: string | null,
): Verdict {
  if (actor.kind === 'system') return 'allowed'
  switch (policy.kind) {
    case 'public':
      return 'allowed'
    case 'system':
      return 'not_found'
    case 'signed_in':
      return actor.kind === 'user' ? 'allowed' : 'unauthenticated'
    case 'operator':
      return actor.kind !== 'user' ? 'unauthenticated' : actor.operator ? 'allowed' : 'not_found'
    case 'member':
      return actor.kind === 'user' ? asMember(actor, tenantId, policy.roles) : 'unauthenticated'
    case 'bearer':
      if (actor.kind === 'bearer')
        return actor.resource === policy.resource && actor.resourceId === resourceId ? 'allowed' : 'not_found'
      return actor.kind === 'user' ? asMember(actor, tenantId, policy.orRoles) : 'unauthenticated'
  }
}

function asMember(actor: Actor, tenantId: string | null, allowed: readonly Role[]): Verdict {
  const held = tenantId ? rolesIn(actor, tenantId) : []
  if (held.length === 0) return 'not_found'
  return held.some((role) => allowed.includes(role)) ? 'allowed' : 'forbidden'
}
