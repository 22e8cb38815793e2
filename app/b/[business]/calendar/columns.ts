import { addDays, DAY, dayNumber, spansOfDays, startOfDay, toLocal } from '@/server/core/time'
import { hoursOf } from '@/server/scheduling/calendar/model-rules'
import type { Board, BoardItem } from '@/server/scheduling/calendar/show-board'

type Provider = Board['providers'][number]

/** Minutes of a day as its column shows them. */
export type Stretch = { from: number; to: number }
export type Placed = BoardItem & Stretch & { before: number; after: number; cut: boolean }
export type Column = {
  key: string
  date: string
  provider: Provider
  midnight: number
  spans: { from: number; until: number; offset: number }[]
  off: Stretch[]
  items: Placed[]
  now: number | null
}

/** The days of a provider, or a day of several: what stands in them, and when nobody works. */
export function columnsOf(
  board: Board,
  days: readonly { date: string; provider: Provider }[],
  zone: string,
  now: number,
): { columns: Column[]; from: number; to: number } {
  const itemsOf = Map.groupBy(board.items, (item) => item.providerId)
  const columns = days.map(({ date, provider }): Column => {
    const start = startOfDay(zone, date)
    const end = startOfDay(zone, addDays(date, 1))
    const minute = (at: number) => Math.max(0, Math.min(1440, wall(zone, date, at)))
    const items = (itemsOf.get(provider.id) ?? [])
      .filter((i) => Date.parse(i.endTime) > start && Date.parse(i.startTime) < end)
      .map((i) => {
        const [from, to] = [minute(Date.parse(i.startTime)), minute(Date.parse(i.endTime))]
        return {
          ...i,
          from,
          to,
          before: from - minute(Date.parse(i.busyFrom)),
          after: minute(Date.parse(i.busyTo)) - to,
          cut: Date.parse(i.startTime) < start || Date.parse(i.endTime) > end,
        }
      })
    const isToday = now >= start && now < end
    return {
      key: `${provider.id}-${date}`,
      date,
      provider,
      midnight: dayNumber(date) * DAY,
      spans: spansOfDays(zone, date, 1),
      off: closed(provider, date, zone),
      items,
      now: isToday ? minute(now) : null,
    }
  })
  return { columns, ...reach(columns) }
}

/** The clock's minute of that day: before it is negative, after it more than a day. */
function wall(zone: string, date: string, at: number): number {
  const local = toLocal(zone, at)
  return (dayNumber(local.date) - dayNumber(date)) * 1440 + local.minute
}

/** What a day's hours leave out. Hours are the provider's clock; another clock's day shifts them. */
function closed(provider: Provider, date: string, zone: string): Stretch[] {
  const noon = startOfDay(zone, date) + DAY / 2
  const shift = wall(provider.rules.timeZone, date, noon) - wall(zone, date, noon)
  const hours = hoursOf(provider.rules)
  const open = [-1, 0, 1]
    .flatMap((step) =>
      hours(dayNumber(date) + step).map(([from, to]) => ({
        from: from + step * 1440 - shift,
        to: to + step * 1440 - shift,
      })),
    )
    .filter((r) => r.to > 0 && r.from < 1440)
    .sort((a, b) => a.from - b.from)
  const off: Stretch[] = []
  let at = 0
  for (const range of open) {
    if (range.from > at) off.push({ from: at, to: range.from })
    at = Math.max(at, range.to)
  }
  if (at < 1440) off.push({ from: at, to: 1440 })
  return off
}

/** The hours worth showing: all that is open or taken here, and one around them. */
function reach(columns: readonly Column[]): Stretch {
  const edges = columns.flatMap((c) => [
    ...c.items.filter((i) => i.kind !== 'outside').flatMap((i) => [i.from - i.before, i.to + i.after]),
    ...c.off.flatMap((o) => [o.from, o.to]).filter((m) => m > 0 && m < 1440),
  ])
  if (edges.length === 0) return { from: 8 * 60, to: 18 * 60 }
  const from = Math.max(0, Math.floor(Math.min(...edges) / 60) * 60 - 60)
  return { from, to: Math.min(1440, Math.max(from + 480, Math.ceil(Math.max(...edges) / 60) * 60 + 60)) }
}
