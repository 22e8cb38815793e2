import { config } from './config'

type Shared = { __slotwise_crash?: (point: string) => void }

/**
 * Where a test may kill the process or throw. Named points, honoured only under NODE_ENV=test: `CRASH_AT=point` kills
 * as a power cut would, once the point is reached.
 */
export function crashPoint(point: string): void {
  if (config().NODE_ENV !== 'test') return
  ;(globalThis as Shared).__slotwise_crash?.(point)
  if (config().CRASH_AT === point) process.kill(process.pid, 'SIGKILL')
}
