import { and, asc, count, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { appointment, contact, provider, service } from '@/db/schema'
import { tendedBy } from '@/server/business/provider/capabilities'
import { refuse } from '@/server/core/errors'
import { id, instant, line, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { loadSlot } from '@/server/scheduling/slot/queries'
import { answersOf } from './queries'

const staff = members('owner', 'admin', 'provider')

/** Appointments with the names of all that belongs to them, as the business's people know them. */
const named = (tx: Tx) =>
  tx
    .select({
      row: appointment,
      client: { name: contact.name, email: contact.email, phone: contact.phone },
      provider: provider.name,
      service: service.name,
    })
    .from(appointment)
    .leftJoin(contact, and(eq(contact.tenantId, appointment.tenantId), eq(contact.id, appointment.contactId)))
    .innerJoin(
      provider,
      and(eq(provider.tenantId, appointment.tenantId), eq(provider.id, appointment.providerId)),
    )
    .innerJoin(
      service,
      and(eq(service.tenantId, appointment.tenantId), eq(service.id, appointment.serviceId)),
    )

type Named = Awaited<ReturnType<typeof named>>[number]

const shown = ({ row, client, ...names }: Named) => ({
  id: row.id,
  status: row.status,
  startTime: rfc3339(row.startsAt),
  endTime: rfc3339(row.endsAt),
  timeZone: row.timeZone,
  seats: row.seats,
  providerId: row.providerId,
  serviceId: row.serviceId,
  slotId: row.slotId,
  price: { amount: row.terms.amount, currency: row.terms.currency },
  clientName: client?.name ?? null,
  clientEmail: client?.email ?? null,
  clientPhone: client?.phone ?? null,
  providerName: names.provider,
  serviceName: names.service,
})

export const showAppointment = query({
  name: 'booking.appointment.show',
  input: z.strictObject({ businessId: id, id }),
  may: staff,
  run: async (tx, { id: appointmentId }, { tenantId }) => {
    const [found] = await named(tx).where(eq(appointment.id, appointmentId))
    if (!found) return refuse('not_found')
    const answers = await answersOf(tx, tenantId, [appointmentId])
    return { ...shown(found), answers: answers.get(appointmentId) ?? {} }
  },
})

/** What is going on and what comes, soonest first. */
export const showUpcoming = query({
  name: 'booking.appointment.show_upcoming',
  input: z.strictObject({ businessId: id, limit: z.int().min(1).max(200).default(50) }),
  may: staff,
  run: async (tx, { limit }, { call, tenantId }) => {
    const rows = await named(tx)
      .where(and(isAhead(), tendedBy(call.actor, tenantId)))
      .orderBy(asc(appointment.startsAt), asc(appointment.id))
      .limit(limit)
    return { appointments: rows.map(shown) }
  },
})

const isAhead = () =>
  and(inArray(appointment.status, ['pending', 'confirmed']), gt(appointment.endsAt, new Date()))

const tended = (tx: Tx) =>
  tx
    .select({ number: count() })
    .from(appointment)
    .innerJoin(
      provider,
      and(eq(provider.tenantId, appointment.tenantId), eq(provider.id, appointment.providerId)),
    )

/** How many of them there are: before an instant, or with somebody. */
export const countUpcoming = query({
  name: 'booking.appointment.count_upcoming',
  input: z.strictObject({ businessId: id, before: instant.optional(), providerId: id.optional() }),
  may: staff,
  run: async (tx, { before, providerId }, { call, tenantId }) => {
    const [counted] = await tended(tx).where(
      and(
        isAhead(),
        before ? lt(appointment.startsAt, new Date(before)) : undefined,
        providerId ? eq(appointment.providerId, providerId) : undefined,
        tendedBy(call.actor, tenantId),
      ),
    )
    return { appointments: counted?.number ?? 0 }
  },
})

/** Those that a list of notices, or a group's time, is about. */
export const showSome = query({
  name: 'booking.appointment.show_some',
  input: z.strictObject({ businessId: id, ids: z.array(id).max(100).default([]), slotId: id.optional() }),
  may: staff,
  run: async (tx, { ids, slotId }) => {
    if (ids.length === 0 && !slotId) return { appointments: [] }
    if (slotId) await loadSlot(tx, slotId)
    const rows = await named(tx)
      .where(slotId ? eq(appointment.slotId, slotId) : inArray(appointment.id, ids))
      .orderBy(asc(appointment.startsAt), asc(appointment.id))
      .limit(200)
    return { appointments: rows.map(shown) }
  },
})

/** What waits for a yes or a no, the most urgent first, with what the client answered. */
export const showUndecided = query({
  name: 'booking.appointment.show_undecided',
  input: z.strictObject({
    businessId: id,
    q: line(100, 0).optional(),
    limit: z.int().min(1).max(100).default(25),
    after: z.strictObject({ decideBy: instant, id }).optional(),
  }),
  may: staff,
  run: async (tx, { q, limit, after }, { call, tenantId }) => {
    const rows = await named(tx)
      .where(
        and(
          eq(appointment.status, 'pending'),
          tendedBy(call.actor, tenantId),
          q
            ? sql`strpos(lower(concat_ws(' ', ${contact.name}, ${contact.email}, ${service.name})), lower(${q})) > 0`
            : undefined,
          after
            ? sql`(${appointment.decideBy}, ${appointment.id}) > (${after.decideBy}::timestamptz, ${after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(asc(appointment.decideBy), asc(appointment.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const answers = await answersOf(
      tx,
      tenantId,
      page.map(({ row }) => row.id),
    )
    const last = rows.length > limit ? page.at(-1)?.row : undefined
    return {
      appointments: page.map((found) => ({
        ...shown(found),
        askedAt: rfc3339(found.row.createdAt),
        decideBy: found.row.decideBy && rfc3339(found.row.decideBy),
        answers: answers.get(found.row.id) ?? {},
      })),
      after: last?.decideBy ? { decideBy: rfc3339(last.decideBy), id: last.id } : null,
    }
  },
})

export const countUndecided = query({
  name: 'booking.appointment.count_undecided',
  input: z.strictObject({ businessId: id }),
  may: staff,
  run: async (tx, _, { call, tenantId }) => {
    const [counted] = await tended(tx).where(
      and(eq(appointment.status, 'pending'), tendedBy(call.actor, tenantId)),
    )
    return { waiting: counted?.number ?? 0 }
  },
})

/** What is over and not said to have been, the latest first. */
export const showUnclosed = query({
  name: 'booking.appointment.show_unclosed',
  input: z.strictObject({ businessId: id, limit: z.int().min(1).max(100).default(20) }),
  may: staff,
  run: async (tx, { limit }, { call, tenantId }) => {
    const rows = await named(tx)
      .where(
        and(
          eq(appointment.status, 'confirmed'),
          lt(appointment.endsAt, new Date()),
          tendedBy(call.actor, tenantId),
        ),
      )
      .orderBy(desc(appointment.startsAt), desc(appointment.id))
      .limit(limit)
    return { appointments: rows.map(shown) }
  },
})
