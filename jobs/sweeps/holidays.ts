import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { logger } from '@/server/core/logger'
import { setComingHolidays } from '@/server/scheduling/calendar/set-holidays'
import type { Sweep } from './sweep'

const most = 500
const yearsAhead = 3

/** Public holidays are written some years ahead: each January another year of them. */
export const comingHolidays: Sweep = {
  name: 'coming-holidays',
  everyMs: 6 * 60 * 60_000,
  run: async (now, signal) => {
    const before = `${now.getUTCFullYear() + yearsAhead}-01-01`
    const rows = await relayDb().execute<{ tenant_id: string; id: string }>(
      sql`select tenant_id, id from holidays_to_write(${before}::date, ${most})`,
    )
    let written = 0
    for (const { tenant_id: businessId, id: providerId } of rows) {
      if (signal.aborted) break
      try {
        const call = newCall(systemActor('sweep:coming-holidays'))
        written += (await setComingHolidays.execute({ businessId, providerId }, call)).extended ? 1 : 0
      } catch (error) {
        logger().warn({ providerId, err: error }, 'the holidays of another year could not be written')
      }
    }
    return written
  },
}
