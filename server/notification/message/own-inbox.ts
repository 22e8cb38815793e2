import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { business, message } from '@/db/schema'
import { resourceToken } from '@/server/core/crypto'
import { id, rfc3339 } from '@/server/core/fields'
import { signedIn } from '@/server/core/policy'
import { insideEach, personOf, query } from '@/server/core/query'

/** What businesses said to whoever asks, newest first, a page at a time by key. */
export const ownInbox = query({
  name: 'notification.message.own_inbox',
  input: z.strictObject({
    limit: z.int().min(1).max(100).default(25),
    before: z.strictObject({ time: z.iso.datetime(), id }).optional(),
  }),
  may: signedIn,
  run: async (tx, { limit, before }, { call }) => {
    const me = personOf(call)
    const at = sql`date_trunc('milliseconds', ${message.createdAt})`
    const rows = await tx
      .select({
        id: message.id,
        tenantId: message.tenantId,
        kind: message.kind,
        aboutType: message.aboutType,
        aboutId: message.aboutId,
        createdAt: message.createdAt,
      })
      .from(message)
      .where(
        and(
          eq(message.channel, 'inbox'),
          eq(message.recipientId, me),
          before
            ? sql`(${at}, ${message.id}) < (${before.time}::timestamptz, ${before.id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(sql`${at} desc`, desc(message.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const tenants = page.map((row) => row.tenantId)
    const names = await insideEach(tx, tenants, async (tenantId) => {
      const [found] = await tx
        .select({ name: business.name })
        .from(business)
        .where(eq(business.tenantId, tenantId))
      return found?.name
    })
    const notices = page.map(({ id: own, tenantId, kind, aboutType, aboutId, createdAt }) => ({
      id: own,
      kind,
      business: names.get(tenantId) ?? '',
      path: pathOf(aboutType, aboutId),
      createdAt: rfc3339(createdAt),
    }))
    const last = rows.length > limit ? notices.at(-1) : undefined
    return { notices, before: last ? { time: last.createdAt, id: last.id } : null }
  },
})

/** Where it leads, by the link that whoever it concerns has anyway. */
function pathOf(aboutType: string, aboutId: string): string | null {
  const [resource, folder] =
    aboutType === 'booking.appointment'
      ? ['appointment', 'bookings']
      : aboutType === 'booking.waitlist'
        ? ['waitlist', 'waitlist']
        : []
  return resource ? `/${folder}/${aboutId}?token=${resourceToken(resource, aboutId)}` : null
}
