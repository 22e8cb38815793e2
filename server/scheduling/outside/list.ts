import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { provider } from '@/db/schema'
import { requireTended, tendedBy } from '@/server/business/provider/capabilities'
import type { Actor } from '@/server/core/actor'
import { id, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { shortened } from './model'
import { addressOf, busyAhead, clashesWith, connectedTo } from './queries'

/** The calendars elsewhere of a provider, or of all whose time the asking person tends; and what is booked all the same. */
export const listOutside = query({
  name: 'scheduling.outside.list',
  input: z.strictObject({ businessId: id, providerId: id.optional() }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { providerId }, { call, tenantId }) => {
    if (providerId) await requireTended(tx, call.actor, tenantId, providerId)
    const tended = await providersTended(tx, call.actor, tenantId, providerId)
    const names = new Map(tended.map((p) => [p.id, p.name]))
    const rows = await connectedTo(tx, [...names.keys()])
    if (rows.length === 0) return { calendars: [], clashes: [] }
    const now = new Date()
    const ahead = await busyAhead(
      tx,
      rows.map((row) => row.id),
      now,
    )
    const clashes = await clashesWith(tx, [...new Set(rows.map((row) => row.providerId))], now)
    const at = (date: Date | null) => (date ? rfc3339(date) : null)
    return {
      calendars: rows.map((row) => {
        const address = addressOf(row)
        const { times = 0, last = null } = ahead.get(row.id) ?? {}
        return {
          id: row.id,
          providerId: row.providerId,
          providerName: names.get(row.providerId) ?? '',
          label: row.label,
          address: address ? shortened(address) : '',
          checkedAt: at(row.checkedAt),
          currentAt: at(row.currentAt),
          failure: row.failure,
          failingSince: at(row.failingSince),
          leftOut: row.leftOut,
          busyTimes: times,
          busyUntil: last && rfc3339(new Date(last)),
        }
      }),
      clashes: clashes.map(({ startsAt, endsAt, ...clash }) => ({
        ...clash,
        startTime: rfc3339(startsAt),
        endTime: rfc3339(endsAt),
      })),
    }
  },
})

const providersTended = (tx: Tx, actor: Actor, tenantId: string, only?: string) =>
  tx
    .select({ id: provider.id, name: provider.name })
    .from(provider)
    .where(
      and(eq(provider.status, 'active'), only ? eq(provider.id, only) : undefined, tendedBy(actor, tenantId)),
    )

type Listed = Awaited<ReturnType<typeof listOutside.execute>>
export type OutsideListed = Listed['calendars'][number]
export type OutsideClash = Listed['clashes'][number]
