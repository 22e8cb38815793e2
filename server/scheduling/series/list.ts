import { and, desc, eq, exists, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { provider, series, service, slot } from '@/db/schema'
import { tendedBy } from '@/server/business/provider/capabilities'
import { id, instant, line, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { lastDate } from './model-recurrence'
import { recurrenceOf } from './queries'

/** The series of those who are tended, the newest first; a page at a time by key. Each with its next slot, if there is one. */
export const listSeries = query({
  name: 'scheduling.series.list',
  input: z.strictObject({
    businessId: id,
    q: line(100, 0).optional(),
    limit: z.int().min(1).max(100).default(25),
    after: z.strictObject({ createdAt: instant, id }).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { q, limit, after }, { call, tenantId }) => {
    const has = (name: PgColumn) => sql`strpos(lower(${name}), lower(${q})) > 0`
    const isAhead = sql`${slot.status} <> 'deleted' and ${slot.startsAt} > now()`
    const own = and(eq(slot.tenantId, series.tenantId), eq(slot.seriesId, series.id), isAhead)
    const rows = await tx
      .select({ series, serviceName: service.name, providerName: provider.name })
      .from(series)
      .innerJoin(service, and(eq(service.tenantId, series.tenantId), eq(service.id, series.serviceId)))
      .innerJoin(provider, and(eq(provider.tenantId, series.tenantId), eq(provider.id, series.providerId)))
      .where(
        and(
          tendedBy(call.actor, tenantId),
          eq(series.status, 'active'),
          or(isNotNull(series.nextOn), exists(tx.select({ one: sql`1` }).from(slot).where(own))),
          q ? or(has(service.name), has(provider.name)) : undefined,
          after
            ? sql`(date_trunc('milliseconds', ${series.createdAt}), ${series.id}) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(sql`date_trunc('milliseconds', ${series.createdAt}) desc`, desc(series.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const ahead = page.length
      ? await tx
          .selectDistinctOn([slot.seriesId], {
            seriesId: slot.seriesId,
            id: slot.id,
            startsAt: slot.startsAt,
          })
          .from(slot)
          .where(
            and(
              inArray(
                slot.seriesId,
                page.map((r) => r.series.id),
              ),
              isAhead,
            ),
          )
          .orderBy(slot.seriesId, slot.startsAt)
      : []
    const next = new Map(ahead.map((s) => [s.seriesId, { slotId: s.id, startTime: rfc3339(s.startsAt) }]))
    const last = rows.length > limit ? page.at(-1)?.series : undefined
    return {
      series: page.map(({ series: row, ...names }) => ({
        id: row.id,
        ...names,
        rrule: row.rrule,
        startDate: row.startDate,
        time: row.time,
        timeZone: row.timeZone,
        durationMinutes: row.durationMinutes,
        maxBookings: row.capacity,
        lastDate: lastDate(recurrenceOf(row)),
        next: next.get(row.id) ?? null,
      })),
      after: last ? { createdAt: last.createdAt.toISOString(), id: last.id } : null,
    }
  },
})
