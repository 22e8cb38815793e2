import type { Stage } from './stage'

/** One line of the result. `ratio` is value over floor, both taken in the same run. */
export type Measure = {
  name: string
  value: number
  unit: string
  floor: number | null
  ratio: number | null
  goal: string | null
  holds: boolean | null
}

/** A bench measures one thing; its first line bears its name, further lines add to it: `name.p99`, `name.bare`. */
export type Bench = {
  name: string
  /** What it measures and against what, for people. */
  about: string
  floor: string
  run(stage: Stage): Promise<Measure[]>
}

export type Goal = { text: string; holds(value: number, ratio: number | null): boolean }

export const ratioAtLeast = (least: number): Goal => ({
  text: `ratio ≥ ${least}`,
  holds: (_, ratio) => ratio !== null && ratio >= least,
})
export const below = (most: number, unit: string): Goal => ({
  text: `< ${most} ${unit}`,
  holds: (value) => value < most,
})

type Taken = { value: number; unit: string; floor?: number | null; goal?: Goal | null; and?: boolean }

/** `and` is what else must be true for the goal to hold, such as that nothing went wrong meanwhile. */
export function measure(
  name: string,
  { value, unit, floor = null, goal = null, and = true }: Taken,
): Measure {
  const ratio = floor === null || floor === 0 ? null : value / floor
  const holds = goal && and && goal.holds(value, ratio)
  return {
    name,
    value: rounded(value),
    unit,
    floor: floor === null ? null : rounded(floor),
    ratio: ratio && rounded(ratio),
    goal: goal?.text ?? null,
    holds,
  }
}

/** Three significant digits: more would claim more than a run can know. */
export const rounded = (value: number): number =>
  Number.isFinite(value) ? Number(value.toPrecision(3)) : value
