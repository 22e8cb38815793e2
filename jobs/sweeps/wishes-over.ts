import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { outliveWish } from '@/server/booking/waitlist/outlive'
import { systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { logger } from '@/server/core/logger'
import type { Sweep } from './sweep'

const most = 500

/** Nobody waits for what is past: whoever never got a place is off the list. */
export const wishesOver: Sweep = {
  name: 'wishes-over',
  everyMs: 10 * 60_000,
  run: async (now, signal) => {
    const rows = await relayDb().execute<{ id: string }>(
      sql`select id from wishes_over(${now.toISOString()}::timestamptz, ${most})`,
    )
    let over = 0
    for (const { id } of rows) {
      if (signal.aborted) break
      try {
        const done = await outliveWish.execute({ id }, newCall(systemActor('sweep:wishes-over')))
        if (done.over) over++
      } catch (error) {
        logger().warn({ waitlistId: id, err: error }, 'a wish that is over could not be taken off its list')
      }
    }
    return over
  },
}
