import { sql } from 'drizzle-orm'
import { authDb, relayDb } from '@/db/client'
import { session, verification } from '@/db/schema'
import { inBites, type Sweep } from './sweep'

const minutes = 60_000
const days = 24 * 60 * minutes

/** Longer than any job may wait and be redriven, so that a late delivery still finds that it was handled. */
export const handlingKeptDays = 800

/** Ids carry the time they were made at: all of that time or later are not below this one. */
const idOf = (at: number): string => {
  const hex = Math.max(0, at).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

export const expiredKeys: Sweep = {
  name: 'expired-idempotency-keys',
  everyMs: 10 * minutes,
  run: (now) =>
    inBites(async (atMost) => {
      const rows = await relayDb().execute(sql`
        delete from idempotency_key where (tenant_id, key_hash) in (
          select tenant_id, key_hash from idempotency_key where expires_at < ${now.toISOString()}::timestamptz
          order by expires_at limit ${atMost}) returning 1`)
      return rows.length
    }),
}

/** No window is as long as a day. */
export const oldCounts: Sweep = {
  name: 'old-rate-counts',
  everyMs: 10 * minutes,
  run: (now) =>
    inBites(async (atMost) => {
      const rows = await relayDb().execute(sql`
        delete from rate_count where ctid = any(array(
          select ctid from rate_count where window_start < ${new Date(now.getTime() - days).toISOString()}::timestamptz
          limit ${atMost})) returning 1`)
      return rows.length
    }),
}

export const oldHandlings: Sweep = {
  name: 'old-handlings',
  everyMs: 360 * minutes,
  run: async (now) => {
    const before = idOf(now.getTime() - handlingKeptDays * days)
    const handled = await inBites(async (atMost) => {
      const rows = await relayDb().execute(sql`
        delete from handled where (handler, event_id) in (
          select handler, event_id from handled where event_id < ${before}::uuid order by event_id limit ${atMost}) returning 1`)
      return rows.length
    })
    const failures = await inBites(async (atMost) => {
      const rows = await relayDb().execute(sql`
        delete from handling_failure where id in (
          select id from handling_failure where event_id < ${before}::uuid order by event_id limit ${atMost}) returning 1`)
      return rows.length
    })
    return handled + failures
  },
}

/** Links that ran out, challenges nobody answered, and sessions nobody can use. */
export const expiredAccess: Sweep = {
  name: 'expired-access',
  everyMs: 30 * minutes,
  run: async (now) => {
    const at = now.toISOString()
    let done = 0
    for (const table of [verification, session])
      done += await inBites(async (atMost) => {
        const rows = await authDb().execute(sql`
          delete from ${table} where id in (
            select id from ${table} where expires_at < ${at}::timestamptz limit ${atMost}) returning 1`)
        return rows.length
      })
    return done
  },
}
