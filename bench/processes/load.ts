import { type Ask, Connection, encode } from '../lib/http-client'
import { serve } from '../lib/rpc'
import { percentile } from '../lib/statistics'

export type Load = {
  url: string
  connections: number
  asks: Ask[]
  seconds: number
  /** Begin again with the first request when there are no more. */
  again: boolean
}

export type Loaded = {
  answers: number
  seconds: number
  statuses: Record<number, number>
  p50: number
  p95: number
  p99: number
  max: number
  /** The share of one core that making the requests took. */
  processor: number
}

/** A closed loop: each connection asks again as soon as it was answered. */
async function load({ url, connections, asks, seconds, again }: Load): Promise<Loaded> {
  const { hostname, port, host } = new URL(url)
  const ready = asks.map((ask) => encode(host, ask))
  const open = Array.from({ length: connections }, () => new Connection(hostname, Number(port)))
  await Promise.all(open.map((one) => one.open()))
  const times: number[] = []
  const statuses: Record<number, number> = {}
  let next = 0
  const used = process.cpuUsage()
  const began = performance.now()
  const end = began + seconds * 1000
  const loop = async (one: Connection) => {
    while (performance.now() < end) {
      const bytes = ready[again ? next % ready.length : next]
      next++
      if (!bytes) return
      const { status, ms } = await one.send(bytes)
      times.push(ms)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  try {
    await Promise.all(open.map(loop))
  } finally {
    for (const one of open) one.close()
  }
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(used)
  return {
    answers: times.length,
    seconds: ms / 1000,
    statuses,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
    max: times.reduce((most, ms) => Math.max(most, ms), 0),
    processor: (user + system) / 1000 / ms,
  }
}

export type Rush = { url: string; asks: Ask[] }
export type Rushed = { statuses: Record<number, number>; max: number }

/** Everybody at once, each on a connection of their own. */
async function rush({ url, asks }: Rush): Promise<Rushed> {
  const { hostname, port, host } = new URL(url)
  const open = asks.map(() => new Connection(hostname, Number(port)))
  await Promise.all(open.map((one) => one.open()))
  try {
    const answers = await Promise.all(asks.map((ask, i) => (open[i] as Connection).send(encode(host, ask))))
    const statuses: Record<number, number> = {}
    for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1
    return { statuses, max: Math.max(...answers.map(({ ms }) => ms)) }
  } finally {
    for (const one of open) one.close()
  }
}

serve({ load, rush })
