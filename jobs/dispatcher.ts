import { sql } from 'drizzle-orm'
import { fromDrizzle, type PgBoss } from 'pg-boss'
import type { Tx } from '@/db/client'
import { type LogRow, open, UnreadableEvent } from '@/server/core/log'
import { dispatched } from '@/server/core/metrics'
import { allSettled } from '@/server/core/pipeline'
import type { Subscription } from './define'
import type { Pointer } from './queues'
import { ensureCursor, type Loop, onGrowth, readOnce } from './reader'

export const dispatchCursor = 'dispatch'
const batch = 500

/** A job's id says which event it is for, so that dispatching twice is a no-op: 16 bytes of xid and position. */
export const jobId = (row: Pick<LogRow, 'xid' | 'pos'>): string => {
  const hex = BigInt(row.xid).toString(16).padStart(16, '0') + BigInt(row.pos).toString(16).padStart(16, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

type Job = { id: string; data: Pointer; startAfter?: string }

/** Moves the log into the queues: one bulk insert a handler, in the transaction that moves the cursor. */
export async function dispatchOnce(
  boss: PgBoss,
  subscriptions: readonly Subscription[],
  limit = batch,
): Promise<number> {
  const byType = Map.groupBy(subscriptions, (s) => s.type)
  return readOnce(dispatchCursor, limit, async (tx, rows) => {
    const jobs = new Map<string, Job[]>()
    for (const row of rows)
      for (const subscription of byType.get(row.type) ?? []) {
        if (subscription.only && !subscription.only(row.data)) continue
        const job: Job = { id: jobId(row), data: { eventId: row.id, recordedAt: row.recorded_at } }
        const startAfter = subscription.at && (await timeOf(tx, row, subscription.at))
        if (startAfter) job.startAfter = startAfter
        const queued = jobs.get(subscription.handler.name) ?? []
        queued.push(job)
        jobs.set(subscription.handler.name, queued)
      }
    await allSettled([...jobs].map(([queue, list]) => boss.insert(queue, list, { db: fromDrizzle(tx, sql) })))
    dispatched.inc(rows.length)
  })
}

/** When a timer is due. An event that cannot be read goes at once to its handler, which says so in its dead letter. */
async function timeOf(tx: Tx, row: LogRow, at: NonNullable<Subscription['at']>): Promise<string | null> {
  try {
    const event = await open(tx, row)
    const due = event ? Date.parse(at(event)) : 0
    return due > Date.now() ? new Date(due).toISOString() : null
  } catch (error) {
    if (error instanceof UnreadableEvent) return null
    throw error
  }
}

export async function startDispatcher(boss: PgBoss, subscriptions: readonly Subscription[]): Promise<Loop> {
  await ensureCursor(dispatchCursor)
  return onGrowth(dispatchCursor, batch, () => dispatchOnce(boss, subscriptions))
}
