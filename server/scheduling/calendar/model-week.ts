export const weekdayNumbers = ['1', '2', '3', '4', '5', '6', '7'] as const
export type Weekday = (typeof weekdayNumbers)[number]

/** The names of the fields of a day's nth stretch. */
export const pairOf = (day: string, n: number) => ({
  from: `from-${day}-${n}`,
  to: `to-${day}-${n}`,
  place: `place-${day}-${n}`,
})

/** As many stretches as a day can have. */
export const mostPairs = 48

/** How many stretches of a day somebody has begun to type. */
export function typedPairs(typed: Readonly<Record<string, string>>, day: string): number {
  const used = Array.from({ length: mostPairs }, (_, n) => {
    const { from, to } = pairOf(day, n)
    return typed[from] || typed[to] ? n + 1 : 0
  })
  return Math.max(...used)
}
