import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { logger } from '@/server/core/logger'
import { extendSeries } from '@/server/scheduling/series/extend'
import type { Sweep } from './sweep'

const most = 500

/** Recurring slots are written as far ahead as they can be booked: each day brings another day within reach. */
export const dueSeries: Sweep = {
  name: 'due-series',
  everyMs: 30 * 60_000,
  run: async (now, signal) => {
    const rows = await relayDb().execute<{ tenant_id: string; id: string; correlation_id: string }>(
      sql`select tenant_id, id, correlation_id from series_to_extend(${now.toISOString()}::timestamptz, ${most})`,
    )
    let written = 0
    for (const { tenant_id: businessId, id: seriesId, correlation_id: correlationId } of rows) {
      if (signal.aborted) break
      try {
        const call = newCall(systemActor('sweep:due-series'), { correlationId })
        written += (await extendSeries.execute({ businessId, seriesId }, call)).slots
      } catch (error) {
        logger().warn({ seriesId, err: error }, 'a series could not be written further')
      }
    }
    return written
  },
}
