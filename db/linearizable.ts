import { type Failure, order, search } from './linearizable-search'

/** One thing a client did to one slot, seen from outside: what, when it was called, when it answered, how. */
export type Op = {
  id: number
  f: 'take' | 'free'
  seats: number
  call: number
  /** Infinity while no answer is known. */
  return: number
  /** true done, false refused, null unknown: it may have happened at any moment since the call, or never. */
  ok: boolean | null
  /** A free may name the take whose seats it gives back: it then cannot come before it, nor twice. */
  of?: number
}

export type Verdict = { ok: true; taken: number[] } | ({ ok: false } & CounterExample)

export type CounterExample = {
  /** The operation whose answer nothing explains. */
  culprit: Op
  /** What was in flight since the last quiet moment, without refusals that play no part. */
  window: Op[]
  /** Seats that may have been taken when the window opened. */
  before: number[]
  message: string
}

/**
 * Is there one order of the operations, each somewhere between its call and its return, that a slot of `capacity`
 * seats could have answered like this? When there is, `taken` lists every count of seats it may end with.
 */
export function linearizable(history: readonly Op[], capacity: number, budget = 10_000_000): Verdict {
  validate(history)
  const found = search(history, capacity, budget)
  if ('taken' in found) return { ok: true, taken: found.taken }
  return { ok: false, ...explain(history, capacity, budget, found) }
}

/** Dropping a refusal never makes a history harder to explain, so what is left without them is still impossible. */
function explain(history: readonly Op[], capacity: number, budget: number, first: Failure): CounterExample {
  let kept = history.filter((op) => op.call <= first.culprit.return)
  let failure = first
  const refused = kept.filter((op) => op.ok === false)
  for (let size = refused.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < refused.length; from += size) {
      const without = new Set(refused.slice(from, from + size))
      const fewer = kept.filter((op) => !without.has(op))
      const found = fewer.length < kept.length && impossible(fewer, capacity, budget)
      if (!found) continue
      kept = fewer.filter((op) => op.call <= found.culprit.return)
      failure = found
    }
  }
  const window = kept
    .filter((op) => op.ok === null || op.call >= failure.opened)
    .sort((a, b) => order(a.call, b.call) || a.id - b.id)
  const { culprit, before } = failure
  return { culprit, window, before, message: words(culprit, window, before, capacity, kept.length) }
}

function impossible(history: readonly Op[], capacity: number, budget: number): Failure | undefined {
  try {
    const found = search(history, capacity, budget)
    return 'taken' in found ? undefined : found
  } catch {
    // Too hard to tell: the longer history stays, and stays impossible.
    return undefined
  }
}

function words(culprit: Op, window: Op[], before: number[], capacity: number, kept: number): string {
  const why =
    culprit.f === 'free'
      ? 'was done, yet in every possible order those seats were not taken'
      : culprit.ok
        ? 'was granted, yet in every possible order there was no room'
        : 'was refused, yet in every possible order there was room'
  const zero = Math.min(...window.map((op) => op.call))
  const ms = (at: number) => (at === Number.POSITIVE_INFINITY ? '?' : `+${(at - zero).toFixed(2)}`)
  return [
    `${name(culprit)} ${why}.`,
    `Capacity ${capacity}; ${before.join(' or ')} taken after ${kept - window.length} operations; then, in ms:`,
    ...window.map((op) => {
      const answer = op.ok === null ? 'unknown' : op.ok ? 'ok' : 'refused'
      return `${op === culprit ? '>' : ' '} ${name(op)} ${answer} [${ms(op.call)} … ${ms(op.return)}]`
    }),
  ].join('\n')
}

const name = (op: Op) => `#${op.id} ${op.f} ${op.seats}${op.of === undefined ? '' : ` of #${op.of}`}`

function validate(history: readonly Op[]) {
  const takes = new Map(history.filter((op) => op.f === 'take').map((op) => [op.id, op]))
  const ids = new Set(history.map((op) => op.id))
  if (ids.size < history.length) throw new Error('Two operations share an id')
  for (const op of history) {
    if (!Number.isInteger(op.seats) || op.seats < 1)
      throw new Error(`${name(op)}: seats must be a positive integer`)
    if (!(op.call <= op.return)) throw new Error(`${name(op)}: returned before it was called`)
    if (op.of !== undefined && (op.f === 'take' || !takes.has(op.of)))
      throw new Error(`${name(op)}: only a free may name a take, and one in the history`)
  }
}

/** Records what clients saw while they raced for slots. */
export class History {
  readonly #slots = new Map<string, Op[]>()
  #next = 1

  /** Runs the attempt and writes down its call, return and outcome; what throws has an unknown one. */
  async record(
    slot: string,
    what: Pick<Op, 'f' | 'seats' | 'of'>,
    attempt: () => Promise<'ok' | 'refused'>,
  ): Promise<Op & { error?: unknown }> {
    const op: Op = this.note(slot, {
      ...what,
      call: performance.now(),
      return: Number.POSITIVE_INFINITY,
      ok: null,
    })
    try {
      const outcome = await attempt()
      op.return = performance.now()
      op.ok = outcome === 'ok'
      return op
    } catch (error) {
      return { ...op, error }
    }
  }

  /** Writes down what no client called, such as the expiry of a hold. */
  note(slot: string, what: Omit<Op, 'id'>): Op {
    const op = { ...what, id: this.#next++ }
    const ops = this.#slots.get(slot)
    if (ops) ops.push(op)
    else this.#slots.set(slot, [op])
    return op
  }

  of(slot: string): readonly Op[] {
    return this.#slots.get(slot) ?? []
  }

  /** Outcomes of a slot's operations. Ask for them: a history in which everything is unknown is always linearizable. */
  tally(slot: string): { ok: number; refused: number; unknown: number } {
    const tally = { ok: 0, refused: 0, unknown: 0 }
    for (const op of this.of(slot)) tally[op.ok === null ? 'unknown' : op.ok ? 'ok' : 'refused']++
    return tally
  }

  check(slot: string, capacity: number): Verdict {
    return linearizable(this.of(slot), capacity)
  }

  /** Throws the counter-examples of every slot that has one. */
  assertLinearizable(capacity: (slot: string) => number) {
    const broken = [...this.#slots.keys()].flatMap((slot) => {
      const verdict = this.check(slot, capacity(slot))
      return verdict.ok ? [] : [`Slot ${slot}: ${verdict.message}`]
    })
    if (broken.length) throw new Error(broken.join('\n\n'))
  }
}
