import { sql } from 'drizzle-orm'
import { appDb } from '@/db/client'
import migrations from '@/db/migrations/meta/_journal.json'
import { shuttingDown } from '@/server/core/lifecycle'

export type Readiness = { ready: boolean; database: 'up' | 'away' | 'behind'; stopping: boolean }

export async function readiness(): Promise<Readiness> {
  const stopping = shuttingDown()
  try {
    const [row] = await appDb().execute<{ n: number }>(sql`select count(*)::int as n from schema_migration`)
    const database = (row?.n ?? 0) >= migrations.entries.length ? 'up' : 'behind'
    return { ready: database === 'up' && !stopping, database, stopping }
  } catch {
    return { ready: false, database: 'away', stopping }
  }
}
