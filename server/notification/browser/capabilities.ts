import { inArray } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { browser } from '@/db/schema'
import type { Plan } from '@/server/scheduling/calendar/capabilities'
import { browserRemoved } from './events'

/** All that happens to somebody's browsers happens one after the other. */
export const browsersLock = (userId: string): string => `browsers:${userId}`

/** What was known of them goes. */
export const planRemoval = (rows: readonly { id: string; userId: string }[]): Plan => ({
  events: rows.map(({ id, userId }) => browserRemoved(id, { browserId: id, userId })),
  write:
    rows.length === 0
      ? []
      : [
          (tx: Tx) =>
            tx
              .update(browser)
              .set({ active: false, endpointHash: null, sealed: null })
              .where(
                inArray(
                  browser.id,
                  rows.map((row) => row.id),
                ),
              ),
        ],
})
