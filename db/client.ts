import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { config } from '@/server/core/config'
import { lists } from './lists'
import { preparing } from './preparing'
import * as schema from './schema'

export type Db = PostgresJsDatabase<typeof schema>
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

type Pool = { sql: postgres.Sql; db: Db }
type Kind = keyof typeof kinds
type Pools = Partial<Record<Kind, Pool>>

/** What a pool may do, and how many connections it has at most. */
const kinds = {
  app: { url: 'DATABASE_APP_URL', max: 12 },
  relay: { url: 'DATABASE_RELAY_URL', max: 8 },
  // One plan a connection: PostgreSQL thinks one for these very parameters cheaper, and then takes longer to make it, with
  // all the partitions of the log, than to read.
  log: { url: 'DATABASE_RELAY_URL', max: 4, connection: { plan_cache_mode: 'force_generic_plan' } },
  auth: { url: 'DATABASE_AUTH_URL', max: 4 },
} as const

/** One pool a kind and process, also where the bundler made several copies of this module. */
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

function pool(kind: Kind): Pool {
  const all = pools()
  let made = all[kind]
  if (!made) {
    const { url, ...options } = kinds[kind]
    const fresh = connect(config()[url], { ...options, onclose: () => renew(kind, fresh) })
    made = fresh
    all[kind] = made
  }
  return made
}

/**
 * After a connection was lost its object can stay unusable for ever (a write that was pending is never sent again), so
 * the whole pool is replaced; what is under way on the others may finish.
 */
function renew(kind: Kind, lost: Pool): void {
  const all = pools()
  if (all[kind] !== lost) return
  delete all[kind]
  lost.sql.end({ timeout: 20 }).catch(() => {})
}

/** Replaces every pool: for a fault of which it is not known whose it was. */
export function renewPools(): void {
  for (const [kind, made] of Object.entries(pools()) as [Kind, Pool][]) renew(kind, made)
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
/** The relay's rights, for reading the log behind a cursor or by id, and nothing else. */
export const logDb = (): Db => pool('log').db
export const relaySql = (): postgres.Sql => pool('relay').sql
export const authDb = (): Db => pool('auth').db

export async function closePools(): Promise<void> {
  const holder = globalThis as { __slotwise_pools?: Pools }
  const open = Object.values(holder.__slotwise_pools ?? {})
  holder.__slotwise_pools = {}
  await Promise.all(open.map((p) => p.sql.end({ timeout: 5 })))
}
