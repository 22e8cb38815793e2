import { sql } from 'drizzle-orm'
import { appDb } from '@/db/client'
import migrations from '@/db/migrations/meta/_journal.json'
import { shuttingDown } from '@/server/core/lifecycle'

export type Readiness = { ready: boolean; database: 'up' | 'away' | 'behind'; stopping: boolean }

/** Whoever asks whether we are ready has no patience, and a database that hangs is away. */
const deadlineMs = 1500

export async function readiness(): Promise<Readiness> {
  const stopping = shuttingDown()
  try {
    const [row] = await within(
      deadlineMs,
      appDb().execute<{ n: number }>(sql`select count(*)::int as n from schema_migration`),
    )
    const database = (row?.n ?? 0) >= migrations.entries.length ? 'up' : 'behind'
    return { ready: database === 'up' && !stopping, database, stopping }
  } catch {
    return { ready: false, database: 'away', stopping }
  }
}

export async function within<T>(ms: number, work: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
