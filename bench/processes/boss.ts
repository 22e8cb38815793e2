import type { PgBoss } from 'pg-boss'
import { ensureQueues, startBoss } from '@/jobs/queues'
import { handlerNames, list } from '../lib/happening'
import { serve } from '../lib/rpc'
import { until } from '../lib/statistics'

/** The job queue alone: as many jobs in as many queues, inserted and worked in batches of the same size. */
const boss: PgBoss = await startBoss({ supervise: true })
await ensureQueues(boss, list)
let done = 0
for (const name of handlerNames)
  await boss.work(
    name,
    {
      batchSize: 100,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 0.5,
      notifyPollingIntervalSeconds: 2,
      includeMetadata: true,
    } as { batchSize: number },
    async (jobs) => {
      done += jobs.length
    },
  )
process.on('SIGTERM', () => void boss.stop({ graceful: false, close: true }).then(() => process.exit(0)))

async function work({ events, perInsert }: { events: number; perInsert: number }): Promise<void> {
  const wanted = done + events * handlerNames.length
  for (let from = 0; from < events; from += perInsert) {
    const jobs = Array.from({ length: Math.min(perInsert, events - from) }, (_, n) => ({
      data: { eventId: `${from + n}`, recordedAt: '' },
    }))
    for (const name of handlerNames) await boss.insert(name, jobs)
  }
  await until(() => done >= wanted, 60_000, 'the jobs', 5)
}

serve({ work })
