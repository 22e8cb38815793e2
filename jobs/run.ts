import '@/server/events'
import type { PgBoss } from 'pg-boss'
import { config } from '@/server/core/config'
import type { Handler, Subscription } from './define'
import { startDispatcher } from './dispatcher'
import { handle } from './handling'
import { ensureQueues, type Pointer, startBoss } from './queues'
import { type Loop, listen } from './reader'

export type Running = { boss: PgBoss; stop(): Promise<void> }

/** Dispatcher, handlers and other readers of the log on one database. Any number of these may run. */
export async function startHandling(
  list: readonly Subscription[],
  others: readonly Loop[] = [],
): Promise<Running> {
  const boss = await startBoss({ supervise: true })
  await ensureQueues(boss, list)
  for (const handler of new Set(list.map((s) => s.handler))) await work(boss, handler)
  const loops: Loop[] = [await startDispatcher(boss, list), ...others]
  const unlisten = await listen(() => {
    for (const loop of loops) loop.wake()
  })
  return {
    boss,
    stop: async () => {
      await unlisten()
      await Promise.all(loops.map((loop) => loop.stop()))
      await boss.stop({ graceful: true, timeout: config().DRAIN_SECONDS * 1000, close: true })
    },
  }
}

/** Full batches follow each other at once; a notification wakes an idle queue, and the poll behind it finds retries. */
async function work(boss: PgBoss, handler: Handler): Promise<void> {
  await boss.work<Pointer, void, { perJobResults: true; includeMetadata: true }>(
    handler.name,
    {
      perJobResults: true,
      includeMetadata: true,
      batchSize: handler.kind === 'effect' ? 100 : 20,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 0.5,
      notifyPollingIntervalSeconds: 2,
    } as { perJobResults: true; includeMetadata: true },
    (jobs) => handle(boss, handler, jobs),
  )
}
