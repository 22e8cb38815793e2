import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { appointment, contact, providerService, service, slot } from '@/db/schema'
import type { AppointmentStatus } from '@/server/booking/appointment/model'
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

export type Booked = {
  bookingId: string
  slotId: string
  seats: number
  status: AppointmentStatus
  name: string | null
}

const goWithIt: readonly AppointmentStatus[] = ['pending', 'confirmed']

/** Who has a seat in these slots: for whoever is about to change them, those whom that touches. */
export async function bookedIn(
  tx: Tx,
  slotIds: readonly string[],
  statuses: readonly AppointmentStatus[] = goWithIt,
): Promise<Booked[]> {
  if (slotIds.length === 0) return []
  const rows = await tx
    .select({
      bookingId: appointment.id,
      slotId: appointment.slotId,
      seats: appointment.seats,
      status: appointment.status,
      name: contact.name,
    })
    .from(appointment)
    .leftJoin(contact, and(eq(contact.tenantId, appointment.tenantId), eq(contact.id, appointment.contactId)))
    .where(and(inArray(appointment.slotId, [...slotIds]), inArray(appointment.status, [...statuses])))
    .orderBy(appointment.startsAt, appointment.id)
  return rows.map((row) => ({ ...row, slotId: row.slotId as string }))
}
