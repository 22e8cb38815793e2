import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { config } from '@/server/core/config'
import { lists } from './lists'
import { preparing } from './preparing'
import * as schema from './schema'

export type Db = PostgresJsDatabase<typeof schema>
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
export type RoleName = 'app' | 'relay' | 'auth'

type Pool = { sql: postgres.Sql; db: Db }
type Pools = Partial<Record<RoleName, Pool>>

const sizes: Record<RoleName, number> = { app: 12, relay: 8, auth: 4 }

/** One pool a role and process, also where the bundler made several copies of this module. */
const pools = (): Pools => {
  const holder = globalThis as { __slotwise_pools?: Pools }
  holder.__slotwise_pools ??= {}
  return holder.__slotwise_pools
}

type Options = postgres.Options<Record<string, postgres.PostgresType>>

export function connect(url: string, options: Options = {}): Pool {
  const sql = postgres(url, {
    max: 10,
    connect_timeout: 5,
    // Connections end when their pool does: one that ends before was lost.
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    fetch_types: false,
    types: lists,
    ...options,
    connection: { application_name: 'slotwise', ...options.connection },
  })
  return { sql, db: drizzle(preparing(sql), { schema }) }
}

function pool(role: RoleName): Pool {
  const all = pools()
  const c = config()
  const urls = { app: c.DATABASE_APP_URL, relay: c.DATABASE_RELAY_URL, auth: c.DATABASE_AUTH_URL }
  let made = all[role]
  if (!made) {
    const fresh = connect(urls[role], { max: sizes[role], onclose: () => renew(role, fresh) })
    made = fresh
    all[role] = made
  }
  return made
}

/**
 * After a connection was lost its object can stay unusable for ever (a write that was pending is never sent again), so
 * the whole pool is replaced; what is under way on the others may finish.
 */
function renew(role: RoleName, lost: Pool): void {
  const all = pools()
  if (all[role] !== lost) return
  delete all[role]
  lost.sql.end({ timeout: 20 }).catch(() => {})
}

/** Replaces every pool: for a fault of which it is not known whose it was. */
export function renewPools(): void {
  for (const [role, made] of Object.entries(pools()) as [RoleName, Pool][]) renew(role, made)
}

/** The connection that hears notifications, apart from the pools: it listens again by itself. */
export function listenTo(
  channel: string,
  heard: () => void,
  ready: () => void,
): Promise<() => Promise<void>> {
  const { sql } = connect(config().DATABASE_RELAY_URL, { max: 1 })
  return sql.listen(channel, heard, ready).then(() => () => sql.end({ timeout: 1 }))
}

/** The app's rights: one tenant's rows. */
export const appDb = (): Db => pool('app').db
/** The relay's rights: the log, cursors and jobs; `set local role` to the app's for the work of a handler. */
export const relayDb = (): Db => pool('relay').db
export const relaySql = (): postgres.Sql => pool('relay').sql
export const authDb = (): Db => pool('auth').db

export async function closePools(): Promise<void> {
  const holder = globalThis as { __slotwise_pools?: Pools }
  const open = Object.values(holder.__slotwise_pools ?? {})
  holder.__slotwise_pools = {}
  await Promise.all(open.map((p) => p.sql.end({ timeout: 5 })))
}
