import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { platformTenant } from '@/server/core/id'
import { logger } from '@/server/core/logger'
import { offerOpen } from '@/server/workflows/offer-open'
import type { Sweep } from './sweep'

const atOnce = 500

/** Time opens by itself as well, where midnight brings another day within reach: no event says so. */
export const waitedFor: Sweep = {
  name: 'waited-for',
  everyMs: 60 * 60_000,
  run: async (now, signal) => {
    let offers = 0
    let after = platformTenant
    for (;;) {
      const rows = await relayDb().execute<{ tenant_id: string; provider_id: string }>(
        sql`select tenant_id, provider_id from waited_for(${now.toISOString()}::timestamptz, ${after}, ${atOnce})`,
      )
      for (const { tenant_id: tenantId, provider_id: providerId } of rows) {
        if (signal.aborted) return offers
        try {
          offers += await offerOpen({ tenantId, providerId }, newCall(systemActor('sweep:waited-for')))
        } catch (error) {
          logger().warn({ providerId, err: error }, 'what is open could not be offered to those who wait')
        }
      }
      const last = rows.at(-1)
      if (!last || rows.length < atOnce) return offers
      after = last.provider_id
    }
  },
}
