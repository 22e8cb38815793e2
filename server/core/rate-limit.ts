import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { config } from './config'
import { sha256 } from './crypto'
import { Refusal } from './errors'
import { rateLimited } from './metrics'

export type Limit = { name: string; max: number; seconds: number }

export type Allowance = { limit: number; remaining: number; reset: number }

/** What visitors read is counted in memory, a process at a time: it costs nothing and needs to hold only roughly. */
export function countInMemory(limit: Limit, who: string, now = Date.now()): Allowance {
  if (config().RATE_LIMITS === 'off') return { limit: limit.max, remaining: limit.max, reset: 0 }
  const windows = memory()
  const start = Math.floor(now / 1000 / limit.seconds)
  const key = `${limit.name}:${who}`
  const seen = windows.get(key)
  const count = seen?.start === start ? seen.count + 1 : 1
  if (!seen && windows.size >= mostKeys) windows.clear()
  windows.set(key, { start, count })
  return verdict(limit, count, (start + 1) * limit.seconds - Math.floor(now / 1000))
}

/** What changes something is counted for all processes together, in a transaction of its own: a refused booking counts. */
export async function countInDatabase(limit: Limit, who: string): Promise<Allowance> {
  if (config().RATE_LIMITS === 'off') return { limit: limit.max, remaining: limit.max, reset: 0 }
  const [row] = await relayDb().execute<{ count: number; reset: number }>(sql`
    insert into rate_count as r (key, window_start, count)
    values (${sha256(`${limit.name}:${who}`)}, date_bin(${`${limit.seconds} seconds`}::interval, clock_timestamp(), 'epoch'), 1)
    on conflict (key, window_start) do update set count = r.count + 1
    returning count, ceil(extract(epoch from window_start + ${`${limit.seconds} seconds`}::interval - clock_timestamp()))::int as reset`)
  return verdict(limit, row?.count ?? 1, row?.reset ?? limit.seconds)
}

export const rateHeaders = (a: Allowance): Record<string, string> => ({
  'ratelimit-limit': String(a.limit),
  'ratelimit-remaining': String(a.remaining),
  'ratelimit-reset': String(a.reset),
})

function verdict(limit: Limit, count: number, reset: number): Allowance {
  const allowance = { limit: limit.max, remaining: Math.max(0, limit.max - count), reset: Math.max(1, reset) }
  if (count > limit.max) {
    rateLimited.inc({ limit: limit.name })
    throw new Refusal('rate_limited', 'rate_limited', {
      retryAfter: allowance.reset,
      headers: rateHeaders(allowance),
    })
  }
  return allowance
}

type Windows = Map<string, { start: number; count: number }>
const mostKeys = 50_000

const memory = (): Windows => {
  const holder = globalThis as { __slotwise_rates?: Windows }
  holder.__slotwise_rates ??= new Map()
  return holder.__slotwise_rates
}
