import { and, eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { providerService, service, slot } from '@/db/schema'
import { refuse } from '@/server/core/errors'

export async function loadSlot(tx: Tx, slotId: string) {
  const [row] = await tx.select().from(slot).where(eq(slot.id, slotId))
  return row ?? refuse('not_found')
}

/** What a slot is for, whether or not it is still offered. */
export async function loadSlotService(tx: Tx, serviceId: string) {
  const [row] = await tx.select().from(service).where(eq(service.id, serviceId))
  return row ?? refuse('not_found')
}

/** A service of this provider that can be had. */
export async function offeredService(tx: Tx, providerId: string, serviceId: string) {
  const [row] = await tx
    .select({ service })
    .from(providerService)
    .innerJoin(
      service,
      and(eq(service.tenantId, providerService.tenantId), eq(service.id, providerService.serviceId)),
    )
    .where(and(eq(providerService.providerId, providerId), eq(providerService.serviceId, serviceId)))
  if (!row) refuse('not_found')
  return row.service.status === 'active' ? row.service : refuse('conflict', 'not_offered')
}
