import { eq, inArray } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { providerService, service } from '@/db/schema'
import { refuse } from '@/server/core/errors'

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
