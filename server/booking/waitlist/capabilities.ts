import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { waitlist } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import type { NewEvent } from '@/server/core/events'
import { calendarLock, type Plan } from '@/server/scheduling/calendar/capabilities'
import type { WaitlistStatus } from './model'

export type WaitlistRow = typeof waitlist.$inferSelect

export async function loadEntry(tx: Tx, entryId: string): Promise<WaitlistRow> {
  const [row] = await tx.select().from(waitlist).where(eq(waitlist.id, entryId))
  return row ?? refuse('not_found')
}

/** The place that is offered belongs to a calendar: whoever turns the entry holds that. */
export async function entryLocks(tx: Tx, entryId: string): Promise<string[]> {
  const { offer } = await loadEntry(tx, entryId)
  return [`waitlist:${entryId}`, ...(offer ? [calendarLock(offer.providerId)] : [])]
}

export const whoOf = (row: WaitlistRow) => ({
  waitlistId: row.id,
  businessId: row.tenantId,
  serviceId: row.serviceId,
  clientId: row.contactId,
})

export const turnedTo = (row: WaitlistRow, status: WaitlistStatus, event: NewEvent): Plan => ({
  events: [event],
  write: [(tx) => tx.update(waitlist).set({ status }).where(eq(waitlist.id, row.id))],
})
