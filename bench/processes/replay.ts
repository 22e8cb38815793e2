import postgres from 'postgres'
import { filled, type Subject, template } from '../lib/replay'
import { resealing } from '../lib/reseal'
import { serve } from '../lib/rpc'
import type { Exchange, Statement } from '../lib/statements'
import { percentile } from '../lib/statistics'

export type Replay = {
  url: string
  connections: number
  seconds: number
  exchanges: Exchange[]
  of: Subject
  subjects: Subject[]
}

export type Replayed = { count: number; seconds: number; p50: number; p99: number }

/** The statements alone: what was sent together is sent together, what waited waits, and nothing is decided. */
async function replay({ url, connections, seconds, exchanges, of, subjects }: Replay): Promise<Replayed> {
  const sql = postgres(url, { max: connections, onnotice: () => {} })
  await Promise.all(Array.from({ length: connections }, () => sql`select pg_sleep(0.05)`))
  const templates = template(exchanges, of)
  const reseal = resealing(exchanges, of)
  // All is prepared before the clock runs: only sending counts.
  const bookings = subjects.map((subject) => {
    const booking = filled(templates, subject)
    reseal(booking, subject)
    return booking
  })
  const times: number[] = []
  let next = 0
  const began = performance.now()
  const loop = async () => {
    while (performance.now() - began < seconds * 1000) {
      const booking = bookings[next++]
      if (!booking) return
      const start = performance.now()
      await transact(sql, booking)
      times.push(performance.now() - start)
    }
  }
  try {
    await Promise.all(Array.from({ length: connections }, loop))
    const ms = performance.now() - began
    return {
      count: times.length,
      seconds: ms / 1000,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
    }
  } finally {
    await sql.end()
  }
}

async function transact(sql: postgres.Sql, exchanges: Exchange[]): Promise<void> {
  const begins = exchanges.findIndex(([first]) => first?.text.startsWith('begin'))
  for (const exchange of exchanges.slice(0, begins)) await together(sql, exchange)
  await sql.begin(async (tx) => {
    for (const exchange of exchanges.slice(begins + 1, -1)) await together(tx, exchange)
  })
}

const together = (sql: postgres.Sql | postgres.TransactionSql, exchange: Statement[]) =>
  Promise.all(exchange.map(({ text, params }) => sql.unsafe(text, params as never[], { prepare: true })))

serve({ replay })
