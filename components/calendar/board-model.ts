/** Minutes of a day by the clock on the wall. */
export type Stretch = { from: number; to: number }

export type Shown = Stretch & {
  id: string
  kind: 'appointment' | 'group' | 'hold' | 'block' | 'outside'
  /** Minutes of buffer around it. */
  before: number
  after: number
  providerId: string
  startsAt: number
  endsAt: number
  title: string
  /** What it is called in a sentence. */
  name: string
  /** Its clock time as it is written here, and what it is. */
  time: string
  what: string
  href?: string
  open?: boolean
  seats?: { taken: number; of: number } | null
  status?: string | null
  /** It is over. */
  past?: boolean
  /** How it can be moved: by steps of so many minutes, and made longer or shorter. */
  moves?: { step: number; stretches: boolean } | null
  serviceId?: string | null
}

/** A stretch of constant offset within a day. */
export type Span = { from: number; until: number; offset: number }

/** One day of one provider. */
export type Day = {
  key: string
  date: string
  providerId: string
  /** What they offer. */
  serviceIds: readonly string[]
  /** UTC's midnight of its date, and the stretches its clocks go by. */
  midnight: number
  spans: readonly Span[]
  off: readonly Stretch[]
  items: readonly Shown[]
}

const minuteMs = 60_000
const dayMinutes = 1440

/** Which share of a column each item has: those that meet stand beside each other. */
export function lanesOf(
  items: readonly (Stretch & { id: string })[],
): Map<string, { lane: number; of: number }> {
  const lanes = new Map<string, { lane: number; of: number }>()
  let cluster: (Stretch & { id: string; lane: number })[] = []
  const close = () => {
    const of = Math.max(0, ...cluster.map((item) => item.lane)) + 1
    for (const { id, lane } of cluster) lanes.set(id, { lane, of })
    cluster = []
  }
  for (const item of [...items].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (cluster.every((other) => other.to <= item.from)) close()
    const taken = new Set(cluster.filter((other) => other.to > item.from).map((other) => other.lane))
    let lane = 0
    while (taken.has(lane)) lane++
    cluster.push({ ...item, lane })
  }
  close()
  return lanes
}

/** The instant at which this day's clock shows the minute; what clocks skip comes just after the gap. */
export function instantOf({ midnight, spans }: Pick<Day, 'midnight' | 'spans'>, minute: number): number {
  const local = midnight + minute * minuteMs
  for (const span of spans)
    if (local - span.offset < span.until) return Math.max(span.from, local - span.offset)
  return local - (spans.at(-1)?.offset ?? 0)
}

/** The minute this day's clock shows at an instant, or null when it is another day. */
export function minuteOf({ midnight, spans }: Pick<Day, 'midnight' | 'spans'>, at: number): number | null {
  const span = spans.find(({ from, until }) => at >= from && at < until)
  return span ? Math.floor((at + span.offset - midnight) / minuteMs) : null
}

/** The nearest step: counted from where the hours begin, since that is where services count from. */
export function snap(minute: number, step: number, off: readonly Stretch[]): number {
  const before = off.filter((stretch) => stretch.to <= minute + step / 2).at(-1)
  const anchor = before && before.to < dayMinutes ? before.to : 0
  return anchor + Math.round((minute - anchor) / step) * step
}

/** Kept within its day. */
export function within({ from, to }: Stretch): Stretch {
  const length = Math.min(dayMinutes, to - from)
  const start = Math.max(0, Math.min(dayMinutes - length, from))
  return { from: start, to: start + length }
}

type Held = Pick<Shown, 'id' | 'before' | 'after'> & { kind?: Shown['kind'] }

/** What would stand in the way there, buffers included. What is busy elsewhere may be blocked here too. */
export const clashesIn = (day: Pick<Day, 'items'>, held: Held, at: Stretch): Shown[] =>
  day.items.filter(
    (item) =>
      item.id !== held.id &&
      (item.kind !== 'outside' || held.kind === 'appointment') &&
      item.to + item.after > at.from - held.before &&
      item.from - item.before < at.to + held.after,
  )

export type Placed = Stretch & { key: string; time: string }

/** A block may stand with anybody, an appointment with whoever offers what it is for. */
export const mayStandIn = (item: Shown | null, day?: Pick<Day, 'providerId' | 'serviceIds'>): boolean =>
  !!day &&
  (item?.kind === 'block' ||
    item?.providerId === day.providerId ||
    (!!item?.serviceId && day.serviceIds.includes(item.serviceId)))

/** The days as they will be, once what was moved is moved. */
export function afterMoves<D extends Day>(days: readonly D[], moves: ReadonlyMap<string, Placed>): D[] {
  if (moves.size === 0) return [...days]
  const found = days.flatMap((day) => day.items.filter((item) => moves.has(item.id)))
  return days.map((day) => {
    const stay = day.items.filter((item) => !moves.has(item.id))
    const come = found.flatMap((item) => {
      const to = moves.get(item.id)
      if (!to || to.key !== day.key) return []
      const { from, to: until, time } = to
      const startsAt = instantOf(day, from)
      const endsAt = startsAt + (until - from) * minuteMs
      return [{ ...item, from, to: until, time, startsAt, endsAt, providerId: day.providerId }]
    })
    return { ...day, items: [...stay, ...come].sort((a, b) => a.from - b.from) }
  })
}
