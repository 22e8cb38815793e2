import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { appointment, contact, provider, service } from '@/db/schema'
import { bookingView } from '@/server/booking/appointment/queries'
import { refuse } from '@/server/core/errors'
import { id, instant, line, nameKey, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { destinationsOf } from '@/server/location/venue/queries'
import { familyOf, listed, matching } from './queries'

const staff = members('owner', 'admin', 'provider')

/** All of them by name, a page at a time by key, with when they were here last and come next. */
export const listContacts = query({
  name: 'business.contact.list',
  input: z.strictObject({
    businessId: id,
    q: line(100, 0).optional(),
    limit: z.int().min(1).max(1000).default(25),
    after: z.strictObject({ name: nameKey(200), id }).optional(),
  }),
  may: staff,
  run: async (tx, { q, limit, after }) => {
    const rows = await tx
      .select({ id: contact.id, name: contact.name, email: contact.email, phone: contact.phone })
      .from(contact)
      .where(
        and(
          listed,
          q ? matching(q) : undefined,
          after ? sql`(${contact.name}, ${contact.id}) > (${after.name}, ${after.id}::uuid)` : undefined,
        ),
      )
      .orderBy(asc(contact.name), asc(contact.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const visits = await visitsOf(
      tx,
      page.map((c) => c.id),
    )
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      contacts: page.map((c) => ({ ...c, name: c.name ?? '', ...(visits.get(c.id) ?? never) })),
      after: last ? { name: last.name ?? '', id: last.id } : null,
    }
  },
})

type Visits = { last: string | null; next: string | null }
const never: Visits = { last: null, next: null }

async function visitsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Visits>> {
  if (ids.length === 0) return new Map()
  const root = sql<string>`coalesce(${contact.mergedInto}, ${contact.id})`
  const came = inArray(appointment.status, ['confirmed', 'completed'])
  const rows = await tx
    .select({
      id: root,
      last: sql<string | null>`max(${appointment.startsAt}) filter (where ${appointment.startsAt} <= now())`,
      next: sql<string | null>`min(${appointment.startsAt}) filter (where ${appointment.startsAt} > now())`,
    })
    .from(appointment)
    .innerJoin(
      contact,
      and(eq(contact.tenantId, appointment.tenantId), eq(contact.id, appointment.contactId)),
    )
    .where(and(came, or(inArray(contact.id, [...ids]), inArray(contact.mergedInto, [...ids]))))
    .groupBy(root)
  const at = (value: string | null) => value && rfc3339(Date.parse(value))
  return new Map(rows.map((row) => [row.id, { last: at(row.last), next: at(row.next) }]))
}

/** What somebody booked, latest first, a page at a time by key. */
export const listContactAppointments = query({
  name: 'business.contact.appointments',
  input: z.strictObject({
    businessId: id,
    contactId: id,
    limit: z.int().min(1).max(100).default(25),
    before: z.strictObject({ startTime: instant, id }).optional(),
  }),
  may: staff,
  run: async (tx, { contactId, limit, before }) => {
    const ids = (await familyOf(tx, contactId)).map((row) => row.id)
    if (ids.length === 0) return refuse('not_found')
    const rows = await tx
      .select({ row: appointment, service: service.name, provider: provider.name })
      .from(appointment)
      .innerJoin(service, eq(service.id, appointment.serviceId))
      .innerJoin(provider, eq(provider.id, appointment.providerId))
      .where(
        and(
          inArray(appointment.contactId, ids),
          before
            ? sql`(${appointment.startsAt}, ${appointment.id}) < (${before.startTime}::timestamptz, ${before.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(appointment.startsAt), desc(appointment.id))
      .limit(limit + 1)
    const venues = await destinationsOf(
      tx,
      rows.map(({ row }) => row.place),
    )
    const page = rows.slice(0, limit).map(({ row, ...names }) => ({
      ...bookingView(row),
      service: names.service,
      provider: names.provider,
      venueName: (row.place && venues.get(row.place)?.name) ?? null,
    }))
    const last = rows.length > limit ? page.at(-1) : undefined
    return { appointments: page, before: last ? { startTime: last.startTime, id: last.id } : null }
  },
})
