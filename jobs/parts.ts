import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import type { StoredEvent } from '@/server/core/events'

/** What has to reach several under one event: each that was reached is remembered, and left out by the next attempt. */
export async function partsOf(handler: string, { id, tenantId }: StoredEvent, attempt: number) {
  const before = `${handler}:`
  const rows = await relayDb().execute<{ handler: string }>(sql`
    select handler from handled where event_id = ${id} and starts_with(handler, ${before})`)
  const done = new Set(rows.map((row) => row.handler.slice(before.length)))
  const once = async (part: string, work: () => Promise<void>): Promise<void> => {
    if (done.has(part)) return
    await work()
    done.add(part)
    await relayDb().execute(sql`
      insert into handled (handler, event_id, tenant_id, attempt)
      values (${before + part}, ${id}, ${tenantId}, ${attempt}) on conflict do nothing`)
  }
  return { done, once }
}
