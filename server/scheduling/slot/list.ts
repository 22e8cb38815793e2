import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { provider, series, service, slot } from '@/db/schema'
import { tendedBy } from '@/server/business/provider/capabilities'
import { id, instant, line, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'

/** The written slots that are not over yet, of those who are tended, the next first; a page at a time by key. */
export const listSlots = query({
  name: 'scheduling.slot.list',
  input: z.strictObject({
    businessId: id,
    q: line(100, 0).optional(),
    limit: z.int().min(1).max(100).default(25),
    after: z.strictObject({ startTime: instant, id }).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { q, limit, after }, { call, tenantId }) => {
    const has = (name: PgColumn) => sql`strpos(lower(${name}), lower(${q})) > 0`
    const rows = await tx
      .select({
        slot,
        serviceName: service.name,
        providerName: provider.name,
        timeZone: provider.timeZone,
        rrule: series.rrule,
      })
      .from(slot)
      .innerJoin(service, and(eq(service.tenantId, slot.tenantId), eq(service.id, slot.serviceId)))
      .innerJoin(provider, and(eq(provider.tenantId, slot.tenantId), eq(provider.id, slot.providerId)))
      .leftJoin(series, and(eq(series.tenantId, slot.tenantId), eq(series.id, slot.seriesId)))
      .where(
        and(
          tendedBy(call.actor, tenantId),
          eq(slot.origin, 'written'),
          ne(slot.status, 'deleted'),
          sql`${slot.endsAt} > now()`,
          q ? or(has(service.name), has(provider.name)) : undefined,
          after
            ? sql`(${slot.startsAt}, ${slot.id}) > (${after.startTime}::timestamptz, ${after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(asc(slot.startsAt), asc(slot.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit).map(({ slot: s, ...names }) => ({
      id: s.id,
      startTime: rfc3339(s.startsAt),
      endTime: rfc3339(s.endsAt),
      taken: s.taken,
      maxBookings: s.capacity,
      isAvailable: s.status === 'open',
      seriesId: s.seriesId,
      ...names,
    }))
    const last = rows.length > limit ? page.at(-1) : undefined
    return { slots: page, after: last ? { startTime: last.startTime, id: last.id } : null }
  },
})
