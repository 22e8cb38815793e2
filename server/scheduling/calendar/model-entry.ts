import { type Range, rangesSchema, type WeeklyHours } from './model-rules'
import { mostPairs, pairOf, type Weekday, weekdayNumbers } from './model-week'

type Get = (name: string) => string | null

/** The stretches of one day as they were typed, in order; null where they are not hours. Empty pairs do not count. */
export function rangesFrom(get: Get, day: string): Range[] | null {
  const pairs = Array.from({ length: mostPairs }, (_, n) => pairOf(day, n))
    .map(({ from, to, place }) => [from, to, place].map((name) => (get(name) ?? '').trim()))
    .filter(([from, to]) => from !== '' || to !== '')
  // A clock's midnight is the end of the day, where something ends then.
  const ranges = pairs.map(([from, to, place]) => [
    from,
    to === '00:00' ? '24:00' : to,
    ...(place ? [place] : []),
  ])
  const parsed = rangesSchema.safeParse(ranges.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)))
  return parsed.success ? parsed.data : null
}

/** A week as it was typed, and the days that cannot be understood. */
export function weekFrom(get: Get): { weekly: WeeklyHours; wrong: Weekday[] } {
  const weekly: WeeklyHours = {}
  const wrong: Weekday[] = []
  for (const day of weekdayNumbers) {
    const ranges = rangesFrom(get, day)
    if (!ranges) wrong.push(day)
    else if (ranges.length > 0) weekly[day] = ranges
  }
  return { weekly, wrong }
}
