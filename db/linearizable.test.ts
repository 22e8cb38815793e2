import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { History, linearizable, type Op } from './linearizable'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const runs = process.env.SOAK ? 20_000 : 400
const property = { seed, numRuns: runs }
console.info(`linearizable: SEED=${seed}`)

const op = (
  id: number,
  f: Op['f'],
  seats: number,
  [call, end]: [number, number],
  ok: Op['ok'],
  of?: number,
): Op => ({
  id,
  f,
  seats,
  call,
  return: end,
  ok,
  ...(of === undefined ? {} : { of }),
})
const never = Number.POSITIVE_INFINITY

describe('a history of one slot', () => {
  it('takes overlapping operations in whatever order explains them', () => {
    const refusedFirst = [op(1, 'take', 1, [0, 5], false), op(2, 'take', 1, [1, 9], true)]
    expect(linearizable(refusedFirst, 1)).toEqual({ ok: true, taken: [1] })
    const freedBetween = [
      op(1, 'take', 2, [0, 1], true),
      op(2, 'take', 2, [2, 9], true),
      op(3, 'free', 2, [3, 8], true),
      op(4, 'take', 1, [2, 9], false),
    ]
    expect(linearizable(freedBetween, 2)).toEqual({ ok: true, taken: [2] })
  })

  it('shows one success too many, without the refusals around it', () => {
    const history = [
      op(1, 'take', 1, [0, 1], true),
      op(2, 'free', 1, [2, 3], true),
      ...Array.from({ length: 198 }, (_, i) => op(10 + i, 'take', 1, [4, 30 + i], false)),
      op(3, 'take', 1, [4, 20], true),
      op(4, 'take', 1, [5, 21], true),
    ]
    const verdict = linearizable(history, 1)
    expect(verdict).toMatchObject({
      ok: false,
      culprit: { id: 4 },
      before: [0],
      window: [{ id: 3 }, { id: 4 }],
    })
    expect(verdict.ok || verdict.message).toBe(
      [
        '#4 take 1 was granted, yet in every possible order there was no room.',
        'Capacity 1; 0 taken after 2 operations; then, in ms:',
        '  #3 take 1 ok [+0.00 … +16.00]',
        '> #4 take 1 ok [+1.00 … +17.00]',
      ].join('\n'),
    )
  })

  it('rejects a refusal while there was certainly room', () => {
    const lostFree = [
      op(1, 'take', 1, [0, 1], true),
      op(2, 'free', 1, [2, 3], true),
      op(3, 'take', 1, [4, 5], false),
    ]
    expect(linearizable(lostFree, 1)).toMatchObject({ ok: false, culprit: { id: 3 }, window: [{ id: 3 }] })
    expect(linearizable([op(1, 'take', 3, [0, 1], false)], 2).ok).toBe(true)
  })

  it('keeps room for an unknown outcome at any later moment, or never', () => {
    const unknown = op(1, 'take', 1, [0, never], null)
    expect(linearizable([unknown], 1)).toEqual({ ok: true, taken: [0, 1] })
    expect(linearizable([unknown, op(2, 'take', 1, [50, 51], false)], 1)).toEqual({ ok: true, taken: [1] })
    expect(linearizable([unknown, op(2, 'take', 1, [50, 51], true)], 1)).toEqual({ ok: true, taken: [1] })
    const before = [op(2, 'take', 1, [-3, -2], false), unknown]
    expect(linearizable(before, 1)).toMatchObject({ ok: false, culprit: { id: 2 } })
  })

  it('does not let seats come back from a take that did not happen, nor twice', () => {
    const held = op(1, 'take', 1, [0, 1], true)
    const twice = [
      held,
      op(2, 'free', 1, [2, 3], true, 1),
      op(3, 'take', 1, [4, 5], true),
      op(4, 'free', 1, [6, 7], true, 1),
    ]
    expect(linearizable(twice, 1)).toMatchObject({ ok: false, culprit: { id: 4 } })
    const lapsed = [
      held,
      op(2, 'take', 1, [2, never], null),
      op(3, 'free', 1, [3, never], null, 2),
      op(4, 'take', 1, [4, 5], true),
    ]
    expect(linearizable(lapsed, 1)).toMatchObject({ ok: false, culprit: { id: 4 } })
    expect(linearizable([...lapsed, op(5, 'free', 1, [3, never], null)], 1).ok).toBe(true)
  })

  it('refuses histories that make no sense', () => {
    expect(() => linearizable([op(1, 'take', 0, [0, 1], true)], 1)).toThrow('positive integer')
    expect(() => linearizable([op(1, 'take', 1, [2, 1], true)], 1)).toThrow('before it was called')
    expect(() => linearizable([op(1, 'free', 1, [0, 1], true, 9)], 1)).toThrow('one in the history')
    expect(() => linearizable([op(1, 'take', 1, [0, 1], true), op(1, 'take', 1, [0, 1], true)], 1)).toThrow(
      'share an id',
    )
  })

  it('says so instead of guessing when there are too many orders', () => {
    const history = Array.from({ length: 40 }, (_, i) =>
      op(i, i % 2 ? 'free' : 'take', (i % 7) + 1, [0, never], null),
    )
    expect(() => linearizable(history, 30, 1000)).toThrow('Too many orders')
  })
})

/** What a client meant to do: its call, the instant the slot acted, and how much later it heard of it. */
type Attempt = {
  f: Op['f']
  seats: number
  call: number
  act: number
  hear: number
  heard: boolean
  reached: boolean
}

const attempts = (max: number, span: number) =>
  fc.array(
    fc.record<Attempt>({
      f: fc.constantFrom('take', 'take', 'free'),
      seats: fc.integer({ min: 1, max: 3 }),
      call: fc.integer({ min: 0, max: span }),
      act: fc.integer({ min: 0, max: 8 }),
      hear: fc.integer({ min: 0, max: 8 }),
      heard: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      reached: fc.boolean(),
    }),
    { maxLength: max },
  )

type Fault = 'none' | 'oversell' | 'refuse' | 'lost free'

/** A slot that answers correctly, save the `at`-th time that the fault could bite. */
function simulate(
  plan: Attempt[],
  capacity: number,
  fault: Fault = 'none',
  at = 0,
): { history: Op[]; taken: number } {
  let taken = 0
  let chances = 0
  const bites = (kind: Fault) => kind === fault && chances++ === at
  const held: { id: number; seats: number; heardAt: number }[] = []
  const history: Op[] = []
  const acting = plan.map((a, id) => ({ ...a, id })).sort((a, b) => a.call + a.act - (b.call + b.act))
  for (const { id, f, call, act, hear, heard, reached, ...rest } of acting) {
    const end = heard ? call + act + hear : never
    const add = (seats: number, ok: boolean, of?: number) =>
      history.push(op(id, f, seats, [call, end], heard ? ok : null, of))
    if (f === 'free') {
      const mine = held.findIndex((h) => h.heardAt < call)
      const take = mine < 0 ? undefined : held.splice(mine, 1)[0]
      if (!take) continue
      const done = heard || reached
      if (done && !bites('lost free')) taken -= take.seats
      add(take.seats, true, id % 2 ? take.id : undefined)
    } else {
      const room = taken + rest.seats <= capacity
      const ok = room ? !bites('refuse') : bites('oversell')
      if (ok && (heard || reached)) {
        taken += rest.seats
        if (heard) held.push({ id, seats: rest.seats, heardAt: end })
      }
      add(rest.seats, ok)
    }
  }
  return { history: history.sort((a, b) => a.call - b.call), taken }
}

/** Slow and obvious: tries every order of every subset of the unknown ones. Shares nothing with the checker. */
function possible(history: Op[], capacity: number): boolean {
  const go = (rest: Op[], held: Map<number, number>, taken: number): boolean => {
    if (rest.every((o) => o.ok === null)) return true
    return rest.some((o) => {
      const others = rest.filter((other) => other !== o)
      if (others.some((other) => other.ok !== null && other.return < o.call)) return false
      if (o.ok === false) return (o.f === 'free' || taken + o.seats > capacity) && go(others, held, taken)
      if (o.f === 'take') {
        return taken + o.seats <= capacity && go(others, new Map(held).set(o.id, o.seats), taken + o.seats)
      }
      const left = o.of === undefined ? taken : (held.get(o.of) ?? 0)
      if (left < o.seats || taken < o.seats) return false
      return go(others, o.of === undefined ? held : new Map(held).set(o.of, left - o.seats), taken - o.seats)
    })
  }
  return go(history, new Map(), 0)
}

const capacities = fc.integer({ min: 1, max: 5 })
const faults = fc.constantFrom<Fault>('oversell', 'refuse', 'lost free')

describe('against a simulated slot', { timeout: process.env.SOAK ? 600_000 : 30_000 }, () => {
  it('accepts every history of a correct one, and its true count of seats', () => {
    fc.assert(
      fc.property(attempts(60, 120), capacities, (plan, capacity) => {
        const { history, taken } = simulate(plan, capacity)
        const verdict = linearizable(history, capacity)
        expect(verdict.ok ? 'explained' : verdict.message).toBe('explained')
        expect(verdict.ok && verdict.taken).toContain(taken)
      }),
      property,
    )
  })

  it('agrees with brute force on small histories with a fault', () => {
    const said = { possible: 0, impossible: 0 }
    fc.assert(
      fc.property(
        attempts(8, 16),
        capacities,
        faults,
        fc.integer({ min: 0, max: 2 }),
        (plan, capacity, fault, at) => {
          const { history } = simulate(plan, capacity, fault, at)
          const truth = possible(history, capacity)
          said[truth ? 'possible' : 'impossible']++
          expect(linearizable(history, capacity).ok).toBe(truth)
        },
      ),
      { ...property, numRuns: runs * 5 },
    )
    expect(Math.min(said.possible, said.impossible)).toBeGreaterThan(runs / 20)
  })

  it('agrees with brute force on answers made up at random', () => {
    const said = { possible: 0, impossible: 0 }
    const answers = fc.array(fc.constantFrom(true, true, true, false, false, null), {
      minLength: 7,
      maxLength: 7,
    })
    const links = fc.array(fc.option(fc.nat(6), { nil: undefined }), { minLength: 7, maxLength: 7 })
    fc.assert(
      fc.property(attempts(7, 10), capacities, answers, links, (plan, capacity, oks, of) => {
        const history = plan.map(({ f, seats, call, act, hear }, id) => {
          const link = f === 'free' && plan[of[id] ?? -1]?.f === 'take' ? of[id] : undefined
          return op(id, f, seats, [call, oks[id] === null ? never : call + act + hear], oks[id] ?? null, link)
        })
        const truth = possible(history, capacity)
        said[truth ? 'possible' : 'impossible']++
        expect(linearizable(history, capacity).ok).toBe(truth)
      }),
      { ...property, numRuns: runs * 5 },
    )
    expect(Math.min(said.possible, said.impossible)).toBeGreaterThan(runs / 20)
  })

  it('points at a window that is impossible by itself', () => {
    fc.assert(
      fc.property(attempts(40, 60), capacities, faults, fc.nat(5), (plan, capacity, fault, at) => {
        const { history } = simulate(plan, capacity, fault, at)
        const verdict = linearizable(history, capacity)
        if (verdict.ok) return
        expect(verdict.window).toContain(verdict.culprit)
        const before = history.filter((o) => o.call <= verdict.culprit.return && !verdict.window.includes(o))
        const kept = [...before.filter((o) => o.ok !== false), ...verdict.window]
        expect(linearizable(kept, capacity).ok && before.every((o) => o.ok !== false)).toBe(false)
        expect(verdict.message).toContain(`> #${verdict.culprit.id} `)
      }),
      property,
    )
  })

  it('copes with hundreds of operations in flight on one slot', () => {
    const crowd = fc.array(
      fc.record<Attempt>({
        f: fc.constantFrom('take', 'take', 'free'),
        seats: fc.integer({ min: 1, max: 3 }),
        call: fc.integer({ min: 0, max: 300 }),
        act: fc.integer({ min: 0, max: 30 }),
        hear: fc.integer({ min: 0, max: 30 }),
        heard: fc.integer({ min: 0, max: 99 }).map((n) => n > 0),
        reached: fc.boolean(),
      }),
      { minLength: 300, maxLength: 400 },
    )
    fc.assert(
      fc.property(crowd, fc.integer({ min: 1, max: 10 }), faults, fc.nat(20), (plan, capacity, fault, at) => {
        expect(linearizable(simulate(plan, capacity).history, capacity).ok).toBe(true)
        const broken = simulate(plan, capacity, fault, at).history
        expect(() => linearizable(broken, capacity)).not.toThrow()
      }),
      { seed, numRuns: runs / 40 },
    )
  })
})

describe('the recorder', () => {
  it('writes down calls, answers and what is unknown', async () => {
    const history = new History()
    const slow = history.record('a', { f: 'take', seats: 2 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return 'ok'
    })
    const [refused, lost, first] = await Promise.all([
      history.record('a', { f: 'take', seats: 1 }, async () => 'refused'),
      history.record('b', { f: 'take', seats: 1 }, async () => Promise.reject(new Error('connection lost'))),
      slow,
    ])
    expect(history.of('a')).toEqual([first, refused])
    expect(first).toMatchObject({ f: 'take', seats: 2, ok: true })
    expect(first.call).toBeLessThanOrEqual(refused.call)
    expect(first.return - first.call).toBeGreaterThan(3)
    expect(lost).toMatchObject({ ok: null, return: never, error: new Error('connection lost') })
    expect(history.tally('a')).toEqual({ ok: 1, refused: 1, unknown: 0 })
    expect(history.tally('b')).toEqual({ ok: 0, refused: 0, unknown: 1 })
    expect(history.check('a', 2)).toEqual({ ok: true, taken: [2] })
  })

  it('counts an attempt that has not answered yet as unknown', () => {
    const history = new History()
    void history.record('a', { f: 'take', seats: 1 }, () => new Promise(() => {}))
    expect(history.check('a', 1)).toEqual({ ok: true, taken: [0, 1] })
  })

  it('finds the double booking of a slot whose guard is off', async () => {
    for (const guarded of [true, false]) {
      const history = new History()
      let taken = 0
      let queue: Promise<unknown> = Promise.resolve()
      const pause = () => new Promise((resolve) => setImmediate(resolve))
      const take = async () => {
        const free = taken < 1
        await pause()
        if (!free) return 'refused' as const
        taken++
        return 'ok' as const
      }
      const locked = () => {
        const mine = queue.then(take)
        queue = mine
        return mine
      }
      const clients = Array.from({ length: 20 }, () =>
        history.record('slot', { f: 'take', seats: 1 }, guarded ? locked : take),
      )
      await Promise.all(clients)
      const check = () => history.assertLinearizable(() => 1)
      if (guarded) expect(check).not.toThrow()
      else
        expect(check).toThrow(
          /^Slot slot: #\d+ take 1 was granted, yet in every possible order there was no room/,
        )
    }
  })
})
