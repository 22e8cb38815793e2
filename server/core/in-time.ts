import { setImmediate as othersTurn } from 'node:timers/promises'
import { createContext, Script } from 'node:vm'

export class OutOfTime extends Error {
  override name = 'OutOfTime'
}

type Limits = {
  /** How long others wait before it is their turn. */
  turnMs: number
  /** How long one step may take. */
  stepMs: number
  /** How long all of it may. */
  mostMs: number
}

/**
 * Work on what comes from outside, step by step: others get their turn in between, and it is ended where it takes too
 * long. From outside as well: even a loop that never yields, which no timer interrupts.
 */
export async function inTurns<T>({ turnMs, stepMs, mostMs }: Limits, work: Iterator<unknown, T>): Promise<T> {
  const someSteps = () => {
    const until = performance.now() + turnMs
    let step = work.next()
    while (!step.done && performance.now() < until) step = work.next()
    return step
  }
  const script = new Script('someSteps()')
  const context = createContext({ someSteps })
  for (let spent = 0; ; ) {
    const began = performance.now()
    const step: IteratorResult<unknown, T> = ended(() => script.runInContext(context, { timeout: stepMs }))
    if (step.done) return step.value
    spent += performance.now() - began
    if (spent > mostMs) throw new OutOfTime()
    await othersTurn()
  }
}

function ended<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new OutOfTime()
    throw error
  }
}
