import type { Data } from '@/server/core/events'
import { MINUTE } from '@/server/core/time'
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
