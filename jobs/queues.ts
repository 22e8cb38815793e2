import { PgBoss } from 'pg-boss'
import { config } from '@/server/core/config'
import { logger } from '@/server/core/logger'
import type { Subscription } from './define'

export const deadLetterQueue = 'dead-letters'

/** What a job carries: where to find the event. Nothing of its content. */
export type Pointer = { eventId: string; recordedAt: string; replay?: string }

export async function startBoss(options: { supervise: boolean }): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: config().DATABASE_RELAY_URL,
    schema: 'pgboss',
    application_name: 'slotwise-jobs',
    max: 6,
    migrate: false,
    useListenNotify: options.supervise,
    supervise: options.supervise,
    // A job whose worker was killed is found by its missing heartbeat, within seconds.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    schedule: options.supervise,
  })
  boss.on('error', (error) => logger().warn({ err: error }, 'job queue error'))
  await boss.start()
  return boss
}

const day = 24 * 60 * 60

/** One queue a handler. The dead-letter queue comes first and keeps its jobs long, by its own retention. */
export async function ensureQueues(boss: PgBoss, subscriptions: readonly Subscription[]): Promise<void> {
  const names = new Set((await boss.getQueues()).map((q) => q.name))
  if (!names.has(deadLetterQueue))
    await boss.createQueue(deadLetterQueue, { retentionSeconds: 365 * day, deleteAfterSeconds: 365 * day })
  for (const handler of new Set(subscriptions.map((s) => s.handler))) {
    const settings = {
      retryLimit: handler.retryLimit,
      retryDelay: handler.retryDelaySeconds,
      retryBackoff: true,
      retryDelayMax: handler.retryDelayMaxSeconds,
      deadLetter: deadLetterQueue,
      notify: true,
      heartbeatSeconds: 10,
      expireInSeconds: 900,
      retentionSeconds: 400 * day,
      deleteAfterSeconds: 7 * day,
    }
    if (names.has(handler.name)) await boss.updateQueue(handler.name, settings)
    else await boss.createQueue(handler.name, { ...settings, policy: 'standard' })
  }
}
