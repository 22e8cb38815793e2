import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { logger } from '@/server/core/logger'
import { readOutside } from '@/server/workflows/read-outside'
import type { Sweep } from './sweep'

const most = 200
/** At once: one that does not answer keeps the others waiting otherwise. */
const beside = 5

/** Calendars elsewhere are read again every few minutes, and more seldom while they cannot be. */
export const dueOutside: Sweep = {
  name: 'due-outside-calendars',
  everyMs: 30_000,
  run: async (now, signal) => {
    const rows = await relayDb().execute<{ tenant_id: string; id: string }>(
      sql`select tenant_id, id from outside_calendars_due(${now.toISOString()}::timestamptz, ${most})`,
    )
    const due = [...rows]
    let read = 0
    const one = async () => {
      for (let row = due.shift(); row && !signal.aborted; row = due.shift()) {
        const which = { businessId: row.tenant_id, outsideId: row.id }
        try {
          if (await readOutside(which, newCall(systemActor('sweep:due-outside-calendars')))) read++
        } catch (error) {
          logger().warn({ outsideId: row.id, err: error }, 'a calendar elsewhere could not be taken over')
        }
      }
    }
    await Promise.all(Array.from({ length: beside }, one))
    return read
  },
}
