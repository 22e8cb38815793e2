import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { logger } from '@/server/core/logger'
import { expireHold } from '@/server/scheduling/hold/expire'
import type { Sweep } from './sweep'

const most = 500
/** The timer of each hold comes first; this is for those whose timer was lost. */
const graceMs = 30_000

export const expiredHolds: Sweep = {
  name: 'expired-holds',
  everyMs: 30_000,
  run: async (now, signal) => {
    const before = new Date(now.getTime() - graceMs).toISOString()
    const rows = await relayDb().execute<{ id: string }>(
      sql`select id from holds_run_out(${before}::timestamptz, ${most})`,
    )
    let ended = 0
    for (const { id } of rows) {
      if (signal.aborted) break
      try {
        await expireHold.execute({ holdId: id }, newCall(systemActor('sweep:expired-holds')))
        ended++
      } catch (error) {
        logger().warn({ holdId: id, err: error }, 'a hold that ran out could not be ended')
      }
    }
    return ended
  },
}
