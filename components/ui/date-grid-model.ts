/** Days as the wire spells them (2026-02-10) and their order in a month, without a time zone and without a library. */
export type Day = string
export type Month = string

const date = (day: Day) => new Date(`${day}T00:00:00Z`)
const spell = (at: Date): Day => at.toISOString().slice(0, 10)

export const monthOf = (day: Day): Month => day.slice(0, 7)

export function addDays(day: Day, days: number): Day {
  const at = date(day)
  at.setUTCDate(at.getUTCDate() + days)
  return spell(at)
}

/** The same day of another month, or its last where it is shorter. */
export function addMonths(day: Day, months: number): Day {
  const at = date(`${monthOf(day)}-01`)
  at.setUTCMonth(at.getUTCMonth() + months)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(Number(day.slice(8)), last))
  return spell(at)
}

/** How many days a day stands after the start of its week. `weekStart` as in Intl: 1 is Monday, 7 Sunday. */
const afterStart = (day: Day, weekStart: number) => (date(day).getUTCDay() - (weekStart % 7) + 7) % 7
export const startOfWeek = (day: Day, weekStart: number): Day => addDays(day, -afterStart(day, weekStart))

/** The weeks that a month touches, each with its seven days, those of the neighbours included. */
export function weeksOf(month: Month, weekStart: number): Day[][] {
  const first = startOfWeek(`${month}-01`, weekStart)
  const weeks: Day[][] = []
  for (let day = first; weeks.length === 0 || monthOf(day) === month; day = addDays(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)))
  return weeks
}

export function clamp(day: Day, min?: Day, max?: Day): Day {
  if (min && day < min) return min
  return max && day > max ? max : day
}

type Press = { key: string; shiftKey?: boolean }

/** Where a key leads from a day, as in every date grid; undefined if the key is not the grid's. */
export function dayAfterKey(
  { key, shiftKey }: Press,
  day: Day,
  { weekStart, rtl }: { weekStart: number; rtl: boolean },
): Day | undefined {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, rtl ? 1 : -1)
    case 'ArrowRight':
      return addDays(day, rtl ? -1 : 1)
    case 'ArrowUp':
      return addDays(day, -7)
    case 'ArrowDown':
      return addDays(day, 7)
    case 'Home':
      return startOfWeek(day, weekStart)
    case 'End':
      return addDays(startOfWeek(day, weekStart), 6)
    case 'PageUp':
      return addMonths(day, shiftKey ? -12 : -1)
    case 'PageDown':
      return addMonths(day, shiftKey ? 12 : 1)
  }
}
