import type { Data } from '@/server/core/events'
import { DAY, MINUTE } from '@/server/core/time'
import { transitions } from '@/server/core/transitions'
import type { outsideConnected, outsideFailed, outsideRefreshed } from './events'

export const outsideStatuses = ['connected', 'disconnected'] as const
export type OutsideStatus = (typeof outsideStatuses)[number]

export const outsideLife = transitions<OutsideStatus, 'refresh' | 'disconnect'>({
  refresh: { from: ['connected'], to: 'connected' },
  disconnect: { from: ['connected'], to: 'disconnected' },
})

/** By what a server tells that nothing changed; only good for as far, and in the zone, as its answer was read. */
export type Validators = { etag: string | null; lastModified: string | null; until: number; zone: string }

/** It is read as soon as somebody hears of it; this is for what nobody heard. */
export const readBySweepAfterMs = MINUTE
export const mostPerProvider = 10
export const longestAddress = 2000

/** How often a calendar is read, and how far apart while it cannot be. */
const every = 10 * MINUTE
const furthestApart = 120 * MINUTE
export const dueAfter = (now: Date, failures: number): Date =>
  new Date(now.getTime() + Math.min(furthestApart, every * 2 ** Math.min(10, Math.max(0, failures - 1))))

/** Nobody asks a server for the same thing again within this. */
export const restMs = 20_000

/** The address as it is asked for; null where no calendar can be read from what was typed. */
export function addressFrom(typed: string): string | null {
  const text = typed.trim().replace(/^webcals?:\/\//i, 'https://')
  if (text.length > longestAddress || !URL.canParse(text)) return null
  const url = new URL(text)
  url.hash = ''
  return /^https?:$/.test(url.protocol) && url.hostname !== '' ? url.href : null
}

/** Enough of it to tell it from others, and not enough to read it. */
export function shortened(address: string): string {
  const { host, pathname, search } = new URL(address)
  const rest = `${pathname}${search}`
  return rest.length > 8 ? `${host}/…${rest.slice(-6)}` : host
}

/** What cannot be a calendar to read, and what to say of it. */
export const wrongAddress = 'is not the address of a calendar'

/** Taken together, in order and apart; null where it is more than anybody's time holds. */
export function apart(busy: readonly { from: number; until: number }[]): Span[] | null {
  const spans: Span[] = []
  for (const { from, until } of [...busy].sort((a, b) => a.from - b.from)) {
    const last = spans.at(-1)
    if (last && last.until >= from) last.until = Math.max(last.until, until)
    else spans.push({ from, until })
  }
  return spans.length > mostSpans ? null : spans
}
const mostSpans = 5_000

export type Span = { from: number; until: number }

/** What has to be written for `is` to be known instead of `was`: nothing where only what is over would change. */
export function difference(was: readonly Span[], is: readonly Span[], now: number) {
  const keyOf = ({ from, until }: Span) => `${from} ${until}`
  const ahead = (spans: readonly Span[]) =>
    spans
      .filter(({ until }) => until > now)
      .map(({ from, until }) => keyOf({ from: Math.max(from, now), until }))
  const [before, after] = [ahead(was), ahead(is)]
  if (before.length === after.length && before.every((key, n) => key === after[n])) return null
  const [old, known] = [new Set(was.map(keyOf)), new Set(is.map(keyOf))]
  return {
    added: is.filter((span) => !old.has(keyOf(span))),
    removed: was.filter((span) => !known.has(keyOf(span))),
  }
}

const monthsAhead = 14

/** What is asked of a calendar: from yesterday to the end of a month, so that days passing change nothing. */
export function askedAt(now: number): Span {
  const at = new Date(now)
  return {
    from: Math.floor(now / DAY - 1) * DAY,
    until: Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + monthsAhead, 1),
  }
}

export type Stretch = readonly [startTime: string, endTime: string]

export type Outside = {
  providerId: string
  status: OutsideStatus
  failure: string | null
  /** Each as start and end, in order. */
  busy: string[]
}

const written = (stretches: readonly Stretch[]) => stretches.map((stretch) => stretch.join('/'))

export const evolveOutside = {
  'scheduling.outside.connected.v1': (_: Outside | null, d: Data<typeof outsideConnected>): Outside => ({
    providerId: d.providerId,
    status: 'connected',
    failure: null,
    busy: [],
  }),
  'scheduling.outside.refresh_asked.v1': (s: Outside): Outside => s,
  'scheduling.outside.refreshed.v1': (s: Outside, d: Data<typeof outsideRefreshed>): Outside => {
    const gone = new Set(written(d.removed))
    return { ...s, busy: [...s.busy.filter((each) => !gone.has(each)), ...written(d.added)].sort() }
  },
  'scheduling.outside.failed.v1': (s: Outside, d: Data<typeof outsideFailed>): Outside => ({
    ...s,
    failure: d.failure,
  }),
  'scheduling.outside.recovered.v1': (s: Outside): Outside => ({ ...s, failure: null }),
  'scheduling.outside.disconnected.v1': (s: Outside): Outside => ({
    ...s,
    status: 'disconnected',
    failure: null,
    busy: [],
  }),
}
