import type { Op } from './linearizable'

/** A way the history may have gone so far: which pending operations it has placed, and the seats then taken. */
type Way = { effects: bigint; refusals: bigint; taken: number }

export type Failure = { culprit: Op; opened: number; before: number[] }

/** Walks through calls and returns in time; an effect is placed as late as a return allows, a refusal at once. */
export function search(
  history: readonly Op[],
  capacity: number,
  budget: number,
): Failure | { taken: number[] } {
  const slot = new Slot(history, capacity, budget)
  let ways: Way[] = [{ effects: 0n, refusals: 0n, taken: 0 }]
  let unanswered = 0
  let opened = Number.NEGATIVE_INFINITY
  let before = [0]
  for (const { op, answer } of slot.timeline()) {
    if (answer) {
      ways = slot.answered(op, ways)
      if (ways.length === 0) return { culprit: op, opened, before }
      unanswered--
    } else {
      if (unanswered === 0) {
        opened = op.call
        before = counts(ways)
      }
      if (op.ok !== null) unanswered++
      ways = slot.called(op, ways)
    }
  }
  return { taken: counts(slot.everything(ways)) }
}

type Pending = { op: Op; bit: bigint }

class Slot {
  readonly #ops: Op[]
  readonly #byId: Map<number, Op>
  readonly #frees = new Map<number, Op[]>()
  readonly #bits = new Map<number, bigint>()
  readonly #spare: bigint[] = []
  /** Pending operations of one effect are interchangeable: only the one that must answer first is worth trying. */
  readonly #pending = new Map<string, Pending[]>()
  /** Pending refusals by the seats they asked for. */
  readonly #refusals = new Map<number, bigint>()
  readonly #settled = new Set<number>()
  #left: number

  constructor(
    history: readonly Op[],
    readonly capacity: number,
    budget: number,
  ) {
    // A refused free changed nothing and a count of seats cannot contradict it.
    this.#ops = history.filter((op) => op.f === 'take' || op.ok !== false)
    this.#byId = new Map(this.#ops.map((op) => [op.id, op]))
    this.#left = budget
    for (const op of this.#ops) if (op.of !== undefined) append(this.#frees, op.of, op)
  }

  /** A call and a return at the same instant count as overlapping: the clock cannot tell their order. */
  timeline() {
    const moments = this.#ops.flatMap((op) => [
      { op, answer: false, at: op.call },
      ...(op.ok === null ? [] : [{ op, answer: true, at: op.return }]),
    ])
    return moments.sort(
      (a, b) => order(a.at, b.at) || Number(a.answer) - Number(b.answer) || a.op.id - b.op.id,
    )
  }

  called(op: Op, ways: Way[]): Way[] {
    const bit = this.#spare.pop() ?? 1n << BigInt(this.#bits.size)
    this.#bits.set(op.id, bit)
    if (op.ok === false) {
      this.#refusals.set(op.seats, (this.#refusals.get(op.seats) ?? 0n) | bit)
      return ways.map((way) => ({ ...way, refusals: this.#absorb(way.refusals, way.taken) }))
    }
    const alike = append(this.#pending, this.#effect(op), { op, bit })
    alike.sort((a, b) => order(deadline(a.op), deadline(b.op)) || a.op.id - b.op.id)
    return ways
  }

  /** Every way in which `op` happens before it answers; none left means that nothing explains the answer. */
  answered(op: Op, ways: Way[]): Way[] {
    const bit = this.#bits.get(op.id) ?? 0n
    const placed = (way: Way) => ((way.effects | way.refusals) & bit) !== 0n
    const before = ways.filter((way) => !placed(way))
    const now = this.#grow(before, placed).filter(placed)
    const next = this.#roots([...ways.filter(placed), ...now])
    this.#settle(op, bit)
    for (const way of next) {
      way.effects &= ~bit
      way.refusals &= ~bit
    }
    return next
  }

  /** All ways to go on from here, whatever is placed. */
  everything(ways: Way[]): Way[] {
    return [...ways, ...this.#grow(ways, () => false)]
  }

  /** Places pending effects one by one, each way until it is done. */
  #grow(from: Way[], done: (way: Way) => boolean): Way[] {
    const seen = new Ways(from)
    const stack = [...from]
    const reached: Way[] = []
    for (let way = stack.pop(); way; way = stack.pop()) {
      for (const { op, bit } of this.#possible(way)) {
        const taken = way.taken + (op.f === 'take' ? op.seats : -op.seats)
        const then = { effects: way.effects | bit, refusals: this.#absorb(way.refusals, taken), taken }
        if (!seen.add(then)) continue
        this.#spend()
        reached.push(then)
        if (!done(then)) stack.push(then)
      }
    }
    return reached
  }

  /** Leaves out each way that another can still become by placing one thing more. */
  #roots(ways: Way[]): Way[] {
    const known = new Ways(ways)
    const pending = [...this.#pending.values()].flat()
    const derived = ({ effects, refusals, taken }: Way) =>
      pending.some(
        ({ bit }) =>
          (effects & bit) !== 0n &&
          known.of(effects ^ bit).some((others) => covers(this.#absorb(others, taken), refusals)),
      )
    return known.all().filter((way) => {
      this.#spend()
      return !derived(way)
    })
  }

  *#possible(way: Way) {
    for (const alike of this.#pending.values()) {
      const first = alike.find(({ bit }) => !(way.effects & bit))
      if (first && this.#fits(first.op, way)) yield first
    }
  }

  #fits(op: Op, way: Way): boolean {
    if (op.f === 'take') return way.taken + op.seats <= this.capacity
    return way.taken >= op.seats && this.#holds(op, way.effects)
  }

  /** A refusal changes nothing, so placing it at the first moment without room only makes the rest easier. */
  #absorb(refusals: bigint, taken: number): bigint {
    let all = refusals
    for (const [seats, bits] of this.#refusals) if (taken + seats > this.capacity) all |= bits
    return all
  }

  #settle(op: Op, bit: bigint) {
    this.#settled.add(op.id)
    this.#spare.push(bit)
    if (op.ok === false) this.#refusals.set(op.seats, (this.#refusals.get(op.seats) ?? 0n) & ~bit)
    const key = this.#effect(op)
    const rest = (this.#pending.get(key) ?? []).filter((other) => other.op !== op)
    if (rest.length) this.#pending.set(key, rest)
    else this.#pending.delete(key)
  }

  #holds(free: Op, effects: bigint): boolean {
    if (free.of === undefined || !this.#tied(free)) return true
    const take = this.#byId.get(free.of)
    const happened = (op: Op) => this.#settled.has(op.id) || (effects & (this.#bits.get(op.id) ?? 0n)) !== 0n
    if (!take || take.ok === false || !happened(take)) return false
    const given = (this.#frees.get(take.id) ?? []).filter(happened).reduce((sum, op) => sum + op.seats, 0)
    return given + free.seats <= take.seats
  }

  /** What the operation does; one that is tied to another by more than its time is alike only to its twins. */
  #effect(op: Op): string {
    return `${op.f} ${op.seats}${this.#tied(op) ? ` of ${op.of ?? op.id}` : ''}`
  }

  /** Could a free come before its take, or after its seats were given back already? */
  #tied(op: Op): boolean {
    const take = op.f === 'take' ? op : this.#byId.get(op.of ?? -1)
    const frees = take && this.#frees.get(take.id)
    if (!frees) return false
    const after = frees.every((free) => take.ok === true && free.call > take.return)
    return !after || frees.reduce((sum, free) => sum + free.seats, 0) > take.seats
  }

  #spend() {
    if (--this.#left < 0) throw new Error('Too many orders to try: check the slot in shorter histories')
  }
}

/** Ways by what they changed; of those only the ones that have most refusals explained are kept. */
class Ways {
  readonly #known = new Map<bigint, { taken: number; refusals: bigint[] }>()

  constructor(ways: Way[]) {
    for (const way of ways) this.add(way)
  }

  add({ effects, refusals, taken }: Way): boolean {
    const same = this.#known.get(effects)
    if (!same) this.#known.set(effects, { taken, refusals: [refusals] })
    else if (same.refusals.some((others) => covers(others, refusals))) return false
    else same.refusals = [...same.refusals.filter((others) => !covers(refusals, others)), refusals]
    return true
  }

  of(effects: bigint): bigint[] {
    return this.#known.get(effects)?.refusals ?? []
  }

  all(): Way[] {
    return [...this.#known].flatMap(([effects, { taken, refusals }]) =>
      refusals.map((explained) => ({ effects, taken, refusals: explained })),
    )
  }
}

const covers = (all: bigint, some: bigint) => (all & some) === some
const counts = (ways: Way[]) => [...new Set(ways.map((way) => way.taken))].sort((a, b) => a - b)

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): V[] {
  const list = lists.get(key) ?? []
  list.push(value)
  lists.set(key, list)
  return list
}

const deadline = (op: Op) => (op.ok === null ? Number.POSITIVE_INFINITY : op.return)
export const order = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0)
