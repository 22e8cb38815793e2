import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { waitlist } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import type { NewEvent } from '@/server/core/events'
import type { Expectation } from '@/server/core/log'
import { calendarLock, type Plan } from '@/server/scheduling/calendar/capabilities'
import type { WaitlistStatus } from './model'

/** With the version at which it was read: an entry may be offered a time of any of its calendars meanwhile. */
export type WaitlistRow = typeof waitlist.$inferSelect & { version: number }

async function findEntry(tx: Tx, which: SQL | undefined): Promise<WaitlistRow | null> {
  const [found] = await tx
    .select({
      row: waitlist,
      version: sql<number>`(select h.version from aggregate_head h
        where h.tenant_id = waitlist.tenant_id and h.type = 'booking.waitlist' and h.id = waitlist.id)`,
    })
    .from(waitlist)
    .where(which)
  return found ? { ...found.row, version: found.version } : null
}

export const loadEntry = async (tx: Tx, entryId: string): Promise<WaitlistRow> =>
  (await findEntry(tx, eq(waitlist.id, entryId))) ?? refuse('not_found')

export const entryOfHold = (tx: Tx, holdId: string): Promise<WaitlistRow | null> =>
  findEntry(tx, and(eq(waitlist.status, 'offered'), sql`${waitlist.offer}->>'holdId' = ${holdId}`))

/** Whoever turns an entry does so from what they read, or starts over. */
export const asRead = ({ id, version }: WaitlistRow): Expectation => ({ [id]: version })

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
