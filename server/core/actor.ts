import type { EventDefinition } from './events'

export const roles = ['owner', 'admin', 'provider', 'field_manager', 'agent', 'kit_keeper', 'client'] as const
export type Role = (typeof roles)[number]

export type Grant = { tenantId: string; role: Role }

/** Who acts. A bearer of a link's token acts on one resource; the system acts as the handler that was woken. */
export type Actor =
  | { kind: 'anonymous'; id: 'anonymous' }
  | { kind: 'user'; id: string; userId: string; grants: readonly Grant[]; operator: boolean }
  | { kind: 'bearer'; id: string; resource: string; resourceId: string }
  | { kind: 'system'; id: `system:${string}` }

export const anonymous: Actor = { kind: 'anonymous', id: 'anonymous' }
export const systemActor = (name: string): Actor => ({ kind: 'system', id: `system:${name}` })

const person = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether an event's actor is somebody with an account. */
export const isPerson = (actorId: string): boolean => person.test(actorId)

export const rolesIn = (actor: Actor, tenantId: string): Role[] =>
  actor.kind === 'user' ? actor.grants.filter((g) => g.tenantId === tenantId).map((g) => g.role) : []

/** Who asks to read a fact: an actor, or a subscriber outside. */
export type Viewer = Actor | { kind: 'external'; tenantId: string }

/** The one answer to "may they see this event?": asked by the stream, the API, webhooks and the console. */
export function mayRead(
  viewer: Viewer,
  definition: Pick<EventDefinition, 'canRead'>,
  event: { tenantId: string; aggregateId: string; subjectId?: string | null },
): boolean {
  const rule = definition.canRead
  if (rule.public || viewer.kind === 'system') return true
  switch (viewer.kind) {
    case 'external':
      return viewer.tenantId === event.tenantId && rule.external === true
    case 'bearer':
      return rule.bearer === viewer.resource && viewer.resourceId === event.aggregateId
    case 'user':
      return (
        viewer.operator ||
        (rule.subject === true && event.subjectId === viewer.userId) ||
        rolesIn(viewer, event.tenantId).some((role) => rule.roles.includes(role))
      )
    default:
      return false
  }
}
