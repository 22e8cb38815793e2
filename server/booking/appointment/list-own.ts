import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { appointment, business, contact, provider, service, venue } from '@/db/schema'
import { resourceToken } from '@/server/core/crypto'
import { id, instant } from '@/server/core/fields'
import { signedIn } from '@/server/core/policy'
import { insideEach, personOf, query } from '@/server/core/query'
import { appointmentLife, movableUntil } from './model'
import { bookingView } from './queries'

const stands = sql`(${appointment.endsAt} > now() and ${appointment.status} in ('pending', 'confirmed'))`

/**
 * What somebody booked, with every business that knows them by the confirmed address of their account, a page at a time by
 * key: what is coming, the next first, or what was, the latest first.
 */
export const listOwnAppointments = query({
  name: 'booking.appointment.list_own',
  input: z.strictObject({
    which: z.enum(['coming', 'past']).default('coming'),
    limit: z.int().min(1).max(100).default(20),
    from: z.strictObject({ startTime: instant, id }).optional(),
  }),
  may: signedIn,
  run: async (tx, { which, limit, from }, { call }) => {
    const coming = which === 'coming'
    const order = coming ? asc : desc
    const rows = await tx
      .select({ row: appointment })
      .from(appointment)
      .innerJoin(
        contact,
        and(eq(contact.tenantId, appointment.tenantId), eq(contact.id, appointment.contactId)),
      )
      .where(
        and(
          eq(contact.userId, personOf(call)),
          coming ? stands : sql`not ${stands}`,
          from
            ? sql`(${appointment.startsAt}, ${appointment.id}) ${coming ? sql`>` : sql`<`} (${from.startTime}::timestamptz, ${from.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(order(appointment.startsAt), order(appointment.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit).map(({ row }) => row)
    const byTenant = Map.groupBy(page, (row) => row.tenantId)
    const named = await insideEach(tx, byTenant.keys(), (tenantId) =>
      namesOf(
        tx,
        (byTenant.get(tenantId) ?? []).map((row) => row.id),
      ),
    )
    const now = Date.now()
    const bookings = page.flatMap((row) => {
      const names = named.get(row.tenantId)?.get(row.id)
      if (!names) return []
      const ahead = row.startsAt.getTime() > now
      const movable = now < movableUntil(row.startsAt.getTime(), row.terms)
      return [
        {
          ...bookingView(row),
          ...names,
          token: resourceToken('appointment', row.id),
          mayMove: ahead && movable && appointmentLife.can(row.status, 'reschedule'),
          mayCancel: ahead && appointmentLife.can(row.status, 'cancel'),
        },
      ]
    })
    const last = rows.length > limit ? page.at(-1) : undefined
    return { bookings, from: last ? { startTime: last.startsAt.toISOString(), id: last.id } : null }
  },
})

async function namesOf(tx: Tx, ids: readonly string[]) {
  const rows = await tx
    .select({
      id: appointment.id,
      service: service.name,
      provider: provider.name,
      venue: venue.name,
      business: { name: business.name, slug: business.slug, accent: business.accent },
    })
    .from(appointment)
    .innerJoin(service, eq(service.id, appointment.serviceId))
    .innerJoin(provider, eq(provider.id, appointment.providerId))
    .innerJoin(business, eq(business.tenantId, appointment.tenantId))
    .leftJoin(venue, sql`${venue.id}::text = ${appointment.place}`)
    .where(inArray(appointment.id, [...ids]))
  return new Map(rows.map(({ id: bookingId, ...names }) => [bookingId, names]))
}
