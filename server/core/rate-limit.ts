import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import { config } from './config'
import { sha256 } from './crypto'
import { Refusal } from './errors'
import { rateLimited } from './metrics'

/** So many in so many seconds, which begin with the first of them. */
export type Limit = { name: string; max: number; seconds: number }

export type Allowance = { limit: number; remaining: number; reset: number }

/** What visitors read is counted in memory, a process at a time: it costs nothing and needs to hold only roughly. */
export function countInMemory(limit: Limit, who: string, now = Date.now()): Allowance {
  if (config().RATE_LIMITS === 'off') return { limit: limit.max, remaining: limit.max, reset: 0 }
  const windows = memory()
  const key = `${limit.name}:${who}`
  const seen = windows.get(key)
  const length = limit.seconds * 1000
  const window = seen && now - seen.start < length ? seen : { start: now, count: 0 }
  window.count += 1
  if (!seen && windows.size >= mostKeys) windows.clear()
  windows.set(key, window)
  return verdict(limit, window.count, Math.ceil((window.start + length - now) / 1000))
}

/** What changes something is counted for all processes together, in a transaction of its own: a refused booking counts. */
export async function countInDatabase(limit: Limit, who: string): Promise<Allowance> {
  if (config().RATE_LIMITS === 'off') return { limit: limit.max, remaining: limit.max, reset: 0 }
  const length = sql`${`${limit.seconds} seconds`}::interval`
  const isOver = sql`r.window_start <= clock_timestamp() - ${length}`
  const [row] = await relayDb().execute<{ count: number; reset: number }>(sql`
    insert into rate_count as r (key, window_start, count)
    values (${sha256(`${limit.name}:${who}`)}, clock_timestamp(), 1)
    on conflict (key) do update set
      window_start = case when ${isOver} then excluded.window_start else r.window_start end,
      count = case when ${isOver} then 1 else r.count + 1 end
    returning count, ceil(extract(epoch from window_start + ${length} - clock_timestamp()))::int as reset`)
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
