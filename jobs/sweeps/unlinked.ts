import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { linkContact } from '@/server/business/contact/link'
import { systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { logger } from '@/server/core/logger'
import { inBites, type Sweep } from './sweep'

/** Facts link an entry to its account as they happen; this is for what was there before anybody listened. */
export const unlinkedEntries: Sweep = {
  name: 'unlinked-entries',
  everyMs: 60 * 60_000,
  run: (_now, signal) =>
    inBites(async (atMost) => {
      const rows = await relayDb().execute<{ tenant_id: string; id: string }>(
        sql`select tenant_id, id from entries_to_link(${atMost})`,
      )
      let linked = 0
      for (const { tenant_id: businessId, id: contactId } of rows) {
        if (signal.aborted) break
        try {
          await linkContact.execute({ businessId, contactId }, newCall(systemActor('sweep:unlinked-entries')))
          linked++
        } catch (error) {
          logger().warn({ contactId, err: error }, 'an entry could not be linked to its account')
        }
      }
      return linked
    }),
}
