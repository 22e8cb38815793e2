export const weekdayNumbers = ['1', '2', '3', '4', '5', '6', '7'] as const
export type Weekday = (typeof weekdayNumbers)[number]

/** The names of a pair of fields: the nth stretch of a day. */
export const pairOf = (day: string, n: number) => ({ from: `from-${day}-${n}`, to: `to-${day}-${n}` })
