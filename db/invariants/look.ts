import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import { config } from '@/server/core/config'
import { connect, type Tx } from '../client'

/** One snapshot of the database, seen by its owner; and, for what visitors of a tenant may see, by the app. */
export type Look = {
  db: Tx
  asApp<T>(run: (tx: Tx) => Promise<T>): Promise<T>
}

const unmoving = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const

export async function withLook<T>(owner: postgres.Sql, run: (look: Look) => Promise<T>): Promise<T> {
  const asOwner = connect(addressOf(owner), { max: 1 })
  const app = connect(addressOf(owner, config().DATABASE_APP_URL), { max: 1 })
  try {
    return await asOwner.db.transaction(async (db) => {
      const [exported] = await db.execute<{ snapshot: string }>(sql`select pg_export_snapshot() as snapshot`)
      const asApp: Look['asApp'] = (see) =>
        app.db.transaction(async (tx) => {
          await tx.execute(sql.raw(`set transaction snapshot '${exported?.snapshot}'`))
          return see(tx)
        }, unmoving)
      return run({ db, asApp })
    }, unmoving)
  } finally {
    await Promise.all([asOwner.sql.end(), app.sql.end()])
  }
}

/** A connection of our own to the same database: Drizzle changes how the client it is given reads dates. */
function addressOf({ options }: postgres.Sql, as?: string): string {
  const { host, port, database, user, pass } = options as unknown as Record<string, unknown>
  const url = new URL(as ?? 'postgres://nobody')
  if (!as) {
    url.username = encodeURIComponent(String(user))
    url.password = encodeURIComponent(String(pass))
  }
  url.hostname = String([host].flat()[0])
  url.port = String([port].flat()[0])
  url.pathname = `/${String(database)}`
  return url.href
}

export const short = (at: Date | string): string => new Date(at).toISOString().replace(/(:00)?\.000Z$/, 'Z')
