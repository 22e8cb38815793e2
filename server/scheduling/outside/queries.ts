import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb, type Tx } from '@/db/client'
import { appointment, calendar, contact, outsideBusy, outsideCalendar, provider, service } from '@/db/schema'
import { takingStatuses } from '@/server/booking/appointment/model'
import { keyFor, sealBytes, unsealBytes } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { id, rfc3339 } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { inTenant, query } from '@/server/core/query'

export type OutsideRow = typeof outsideCalendar.$inferSelect

const purpose = 'outside-address'

export const sealedAddress = (outsideId: string, address: string): Buffer =>
  sealBytes(keyFor(purpose), Buffer.from(address), outsideId)

export const addressOf = ({ id: outsideId, address }: Pick<OutsideRow, 'id' | 'address'>): string | null =>
  address && unsealBytes(keyFor(purpose), address, outsideId).toString()

export async function loadOutside(tx: Tx, outsideId: string): Promise<OutsideRow> {
  const [row] = await tx.select().from(outsideCalendar).where(eq(outsideCalendar.id, outsideId))
  return row ?? refuse('not_found')
}

/** Those that count for a provider, the oldest first. */
export const connectedTo = (tx: Tx, providerIds: readonly string[]): Promise<OutsideRow[]> =>
  providerIds.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(outsideCalendar)
        .where(
          and(inArray(outsideCalendar.providerId, [...providerIds]), eq(outsideCalendar.status, 'connected')),
        )
        .orderBy(asc(outsideCalendar.createdAt), asc(outsideCalendar.id))

/** Where to ask, and what is known of the last answer. */
export const outsideToRead = query({
  name: 'scheduling.outside.to_read',
  input: z.strictObject({ businessId: id, outsideId: id }),
  may: systemOnly,
  run: async (tx, { outsideId }) => {
    const [row] = await tx
      .select({ outside: outsideCalendar, rules: calendar.rules })
      .from(outsideCalendar)
      .innerJoin(
        calendar,
        and(
          eq(calendar.tenantId, outsideCalendar.tenantId),
          eq(calendar.providerId, outsideCalendar.providerId),
        ),
      )
      .where(and(eq(outsideCalendar.id, outsideId), eq(outsideCalendar.status, 'connected')))
    const address = row && addressOf(row.outside)
    if (!row || !address) return null
    const { providerId, validators, checkedAt } = row.outside
    return { providerId, address, validators, checkedAt, zone: row.rules.timeZone }
  },
})

/** Since when it cannot be read; null where it can, or is of no concern any more. */
export async function failingSince(tenantId: string, outsideId: string): Promise<string | null> {
  return inTenant(tenantId, async (tx) => {
    const [row] = await tx
      .select({ since: outsideCalendar.failingSince })
      .from(outsideCalendar)
      .where(and(eq(outsideCalendar.id, outsideId), eq(outsideCalendar.status, 'connected')))
    return row?.since?.toISOString() ?? null
  })
}

/** What stands in the calendars of these providers from elsewhere: when, and which calendar says so. */
export async function elsewhereOf(tx: Tx, window: { from: Date; to: Date }, providerIds: readonly string[]) {
  if (providerIds.length === 0) return []
  const rows = await tx
    .select({ busy: outsideBusy, label: outsideCalendar.label })
    .from(outsideBusy)
    .innerJoin(
      outsideCalendar,
      and(eq(outsideCalendar.tenantId, outsideBusy.tenantId), eq(outsideCalendar.id, outsideBusy.outsideId)),
    )
    .where(
      and(
        gt(outsideBusy.endsAt, window.from),
        lt(outsideBusy.startsAt, window.to),
        inArray(outsideBusy.providerId, [...providerIds]),
      ),
    )
    .orderBy(asc(outsideBusy.startsAt), asc(outsideBusy.outsideId))
    .limit(mostShown)
  return rows.map(({ busy: { outsideId, providerId, startsAt, endsAt }, label }) => {
    const [startTime, endTime] = [rfc3339(startsAt), rfc3339(endsAt)]
    return {
      id: `${outsideId}@${startTime}`,
      kind: 'outside' as const,
      providerId,
      startTime,
      endTime,
      busyFrom: startTime,
      busyTo: endTime,
      serviceId: null,
      serviceName: null,
      clientName: null,
      status: null,
      expiresAt: null,
      seats: null,
      label,
      stepMinutes: null,
    }
  })
}
const mostShown = 10_000

/** How much each of them says is busy from now on, and until when that is known. */
export async function busyAhead(tx: Tx, outsideIds: readonly string[], now: Date) {
  const rows = outsideIds.length
    ? await tx
        .select({
          outsideId: outsideBusy.outsideId,
          times: sql<number>`count(*)::int`,
          last: sql<string>`to_json(max(${outsideBusy.endsAt}))#>>'{}'`,
        })
        .from(outsideBusy)
        .where(and(inArray(outsideBusy.outsideId, [...outsideIds]), gt(outsideBusy.endsAt, now)))
        .groupBy(outsideBusy.outsideId)
    : []
  return new Map(rows.map(({ outsideId, ...ahead }) => [outsideId, ahead]))
}

const mostClashes = 50

/** What is booked though a calendar elsewhere says that the provider is busy then. */
export const clashesWith = (tx: Tx, providerIds: readonly string[], now: Date) =>
  tx
    .selectDistinctOn([appointment.startsAt, appointment.id], {
      bookingId: appointment.id,
      providerId: appointment.providerId,
      providerName: provider.name,
      serviceName: service.name,
      clientName: contact.name,
      startsAt: appointment.startsAt,
      endsAt: appointment.endsAt,
      label: outsideCalendar.label,
    })
    .from(outsideBusy)
    .innerJoin(
      appointment,
      and(
        eq(appointment.tenantId, outsideBusy.tenantId),
        eq(appointment.providerId, outsideBusy.providerId),
        lt(appointment.startsAt, outsideBusy.endsAt),
        gt(appointment.endsAt, outsideBusy.startsAt),
      ),
    )
    .innerJoin(
      outsideCalendar,
      and(eq(outsideCalendar.tenantId, outsideBusy.tenantId), eq(outsideCalendar.id, outsideBusy.outsideId)),
    )
    .innerJoin(
      provider,
      and(eq(provider.tenantId, appointment.tenantId), eq(provider.id, appointment.providerId)),
    )
    .innerJoin(
      service,
      and(eq(service.tenantId, appointment.tenantId), eq(service.id, appointment.serviceId)),
    )
    .leftJoin(contact, and(eq(contact.tenantId, appointment.tenantId), eq(contact.id, appointment.contactId)))
    .where(
      and(
        inArray(outsideBusy.providerId, [...providerIds]),
        inArray(appointment.status, [...takingStatuses]),
        gt(appointment.endsAt, now),
      ),
    )
    .orderBy(asc(appointment.startsAt), asc(appointment.id))
    .limit(mostClashes)

/** Which of these bookings are this business's own: they came back from a calendar that follows ours. */
export async function ownAmong(tx: Tx, bookingIds: readonly string[]): Promise<Set<string>> {
  if (bookingIds.length === 0) return new Set()
  const rows = await tx
    .select({ id: appointment.id })
    .from(appointment)
    .where(inArray(appointment.id, [...bookingIds]))
  return new Set(rows.map((row) => row.id))
}
