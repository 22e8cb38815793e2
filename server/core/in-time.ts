import { runInNewContext } from 'node:vm'

export class OutOfTime extends Error {
  override name = 'OutOfTime'
}

/** Work on what comes from outside, ended from outside as well: even a loop that never yields, which no timer interrupts. */
export function inTime<T>(ms: number, work: () => T): T {
  try {
    return runInNewContext('work()', { work }, { timeout: ms }) as T
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new OutOfTime()
    throw error
  }
}
