import { errorCode } from '@/server/core/errors'
import { logger } from '@/server/core/logger'
import { alone } from '../alone'

/** What keeps the house tidy, without being asked: bounded, safe to run twice, and safe to leave undone for a day. */
export type Sweep = {
  name: string
  everyMs: number
  /** Returns how much it did; leaves off soon after the signal. */
  run(now: Date, signal: AbortSignal): Promise<number>
}

const never = new AbortController().signal

/** One process at a time; null where another one is at it. */
export async function sweepOnce(sweep: Sweep, now = new Date(), signal = never): Promise<number | null> {
  const done = await alone(`sweep:${sweep.name}`, () => sweep.run(now, signal))
  if (done && done.result > 0) logger().info({ sweep: sweep.name, done: done.result }, 'swept')
  return done?.result ?? null
}

/** Each at its own pace, with some jitter so that processes that start together do not ask together. */
export function startSweeps(sweeps: readonly Sweep[]): { stop(): Promise<void> } {
  const timers = new Map<Sweep, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()
  const after = (sweep: Sweep, ms: number) => {
    if (stopping.signal.aborted) return
    timers.set(
      sweep,
      setTimeout(() => run(sweep), ms),
    )
  }
  const run = (sweep: Sweep) => {
    const turn = sweepOnce(sweep, new Date(), stopping.signal)
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return
        logger().error(
          { sweep: sweep.name, code: errorCode(error), err: error },
          'sweep failed; it will be tried again',
        )
      })
      .then(() => {
        running.delete(turn)
        after(sweep, sweep.everyMs * (0.9 + Math.random() * 0.2))
      })
    running.add(turn)
  }
  for (const sweep of sweeps) after(sweep, Math.random() * Math.min(sweep.everyMs, 20_000))
  return {
    stop: async () => {
      stopping.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}

/** Deletes in small bites, so that no transaction is long; what is left waits for the next time. */
export async function inBites(bite: (atMost: number) => Promise<number>, most = 100): Promise<number> {
  const size = 1000
  let all = 0
  for (let n = 0; n < most; n++) {
    const done = await bite(size)
    all += done
    if (done < size) break
  }
  return all
}
