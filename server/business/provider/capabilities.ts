import { and, eq, inArray, type SQL } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { provider, providerService, service } from '@/db/schema'
import type { Actor } from '@/server/core/actor'
import { refuse } from '@/server/core/errors'
import { tendsAll } from './model-tending'

export async function refuseUnknownServices(tx: Tx, serviceIds: string[]) {
  if (new Set(serviceIds).size !== serviceIds.length)
    refuse('malformed', 'malformed', { errors: { serviceIds: 'names a service twice' } })
  if (serviceIds.length === 0) return
  const found = await tx.select({ id: service.id }).from(service).where(inArray(service.id, serviceIds))
  if (found.length !== serviceIds.length) refuse('not_found', 'service_not_found')
}

/** Exactly these, and no others. */
export async function assignServices(tx: Tx, tenantId: string, providerId: string, serviceIds: string[]) {
  await tx.delete(providerService).where(eq(providerService.providerId, providerId))
  if (serviceIds.length > 0)
    await tx
      .insert(providerService)
      .values(serviceIds.map((serviceId) => ({ tenantId, providerId, serviceId })))
}

/** For lists of providers: those whose time is theirs to tend. */
export const tendedBy = (actor: Actor, tenantId: string): SQL | undefined =>
  tendsAll(actor, tenantId) || actor.kind !== 'user' ? undefined : eq(provider.userId, actor.userId)

/** Another's time is not there for whoever tends only their own. */
export async function requireTended(
  tx: Tx,
  actor: Actor,
  tenantId: string,
  ...providerIds: string[]
): Promise<void> {
  if (tendsAll(actor, tenantId) || actor.kind !== 'user') return
  const own = await tx
    .select({ id: provider.id })
    .from(provider)
    .where(and(inArray(provider.id, providerIds), eq(provider.userId, actor.userId)))
  if (own.length < new Set(providerIds).size) refuse('not_found')
}
