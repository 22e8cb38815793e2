import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb, type Tx } from '@/db/client'
import { service } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { id, line, nameKey } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'

export async function serviceForChange(tx: Tx, serviceId: string) {
  const [found] = await tx.select({ status: service.status }).from(service).where(eq(service.id, serviceId))
  return found ?? refuse('not_found')
}

/** What a business offers, by name; a page at a time by key. */
export const listServices = query({
  name: 'business.service.list',
  input: z.strictObject({
    businessId: id,
    q: line(100, 0).optional(),
    archived: z.boolean().default(false),
    limit: z.int().min(1).max(200).default(200),
    after: z.strictObject({ name: nameKey(200), id }).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { q, archived, limit, after }) => {
    const rows = await tx
      .select()
      .from(service)
      .where(
        and(
          eq(service.status, archived ? 'archived' : 'active'),
          q ? sql`strpos(lower(${service.name}), lower(${q})) > 0` : undefined,
          after ? sql`(${service.name}, ${service.id}) > (${after.name}, ${after.id}::uuid)` : undefined,
        ),
      )
      .orderBy(service.name, service.id)
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return { services: page, after: last ? { name: last.name, id: last.id } : null }
  },
})

export const showService = query({
  name: 'business.service.show',
  input: z.strictObject({ businessId: id, serviceId: id }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { serviceId }) => {
    const [row] = await tx.select().from(service).where(eq(service.id, serviceId))
    return row ?? refuse('not_found')
  },
})

/** How many hours before it begins whoever booked it is reminded. */
export async function reminderHoursOf(tx: Tx, serviceId: string): Promise<number[]> {
  const [row] = await tx
    .select({ hours: service.reminderHours })
    .from(service)
    .where(eq(service.id, serviceId))
  return row?.hours ?? []
}
