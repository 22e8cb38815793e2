import { FOREVER } from '@/server/core/time'
import type { TimeStatus } from './model-status'

/**
 * Time of the provider that is taken: `from`–`to` with its buffers, `startsAt`–`endsAt` without. Epoch milliseconds,
 * half-open. A hold counts until `expiresAt`.
 */
export type Busy = {
  id: string
  from: number
  to: number
  startsAt: number
  endsAt: number
  status: 'held' | 'booked' | 'blocked'
  expiresAt?: number
}

type Stretch = { from: number; to: number; expiresAt: number }
type Taken = Exclude<TimeStatus, 'available'>

/** Answers what stands in the way of a stretch of time. Must be asked about stretches in ascending order. */
export type BusyIndex = {
  /** What keeps it longest wins: blocked before booked before held. */
  status(from: number, to: number): Taken | undefined
  /** When the last of the holds in its way runs out. */
  heldUntil(from: number, to: number): number
}

export function indexBusy(busy: readonly Busy[], extra: readonly Stretch[], now: number): BusyIndex {
  const of = (status: Taken): Stretch[] =>
    busy
      .filter((range) => range.status === status)
      .map(({ from, to, expiresAt }) => ({ from, to, expiresAt: expiresAt ?? FOREVER }))
  const blocked = layer([...of('blocked'), ...extra])
  const booked = layer(of('booked'))
  const held = layer(of('held').filter((range) => range.expiresAt > now))
  return {
    status(from, to) {
      if (blocked.meets(from, to)) return 'blocked'
      if (booked.meets(from, to)) return 'booked'
      return held.meets(from, to) ? 'held' : undefined
    },
    heldUntil: held.lastExpiry,
  }
}

/** Ranges sorted by their start, each with how far those up to it reach: one look tells whether any meets a stretch. */
function layer(ranges: Stretch[]) {
  const sorted = ranges.filter((range) => range.from < range.to).sort((a, b) => a.from - b.from)
  const starts = Float64Array.from(sorted, (range) => range.from)
  const reach = new Float64Array(sorted.length)
  sorted.forEach((range, index) => {
    reach[index] = Math.max(range.to, reach[index - 1] ?? range.to)
  })
  let at = 0
  /** How many begin before `to`: goes on from the question before. */
  const countBefore = (to: number): number => {
    while (at < starts.length && (starts[at] as number) < to) at++
    return at
  }
  const reachOf = (count: number): number =>
    count === 0 ? Number.NEGATIVE_INFINITY : (reach[count - 1] as number)
  return {
    meets: (from: number, to: number): boolean => reachOf(countBefore(to)) > from,
    lastExpiry(from: number, to: number): number {
      let last = Number.NEGATIVE_INFINITY
      for (let count = countBefore(to); reachOf(count) > from; count--) {
        const range = sorted[count - 1]
        if (range && range.to > from) last = Math.max(last, range.expiresAt)
      }
      return last
    },
  }
}
