import { connect } from '@/db/client'
import { config } from '@/server/core/config'
import { lockNumber } from '@/server/core/crypto'

/** Runs what only one process may do at a time; null where another one is at it. The lock ends with its connection. */
export async function alone<T>(name: string, run: () => Promise<T>): Promise<{ result: T } | null> {
  const { sql } = connect(config().DATABASE_RELAY_URL, { max: 1 })
  try {
    const number = lockNumber(`alone:${name}`)
    const [got] = await sql<{ ok: boolean }[]>`select pg_try_advisory_lock(${number}::bigint) as ok`
    if (!got?.ok) return null
    try {
      return { result: await run() }
    } finally {
      // Where this fails the connection is gone, and the lock with it.
      await sql`select pg_advisory_unlock(${number}::bigint)`.catch(() => {})
    }
  } finally {
    await sql.end({ timeout: 5 })
  }
}
