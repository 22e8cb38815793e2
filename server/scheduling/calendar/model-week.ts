export const weekdayNumbers = ['1', '2', '3', '4', '5', '6', '7'] as const
export type Weekday = (typeof weekdayNumbers)[number]

/** The names of the fields of a day's nth stretch. */
export const pairOf = (day: string, n: number) => ({
  from: `from-${day}-${n}`,
  to: `to-${day}-${n}`,
  place: `place-${day}-${n}`,
})
