import type { Data } from '@/server/core/events'
import { MINUTE } from '@/server/core/time'
import { transitions } from '@/server/core/transitions'
import type { Where } from '@/server/location/venue/model-place'
import type { holdPlaced } from './events'

export const holdStatuses = ['active', 'used', 'released', 'expired'] as const
export type HoldStatus = (typeof holdStatuses)[number]

export const holdMinutes = 5

/** What has begun is kept for nobody. */
export const holdEnd = (startsAt: number, now: number): number =>
  Math.min(now + holdMinutes * MINUTE, startsAt)

/** A holder who has this many holds in a business must book or release one before taking another. */
export const holdsPerHolder = 3
/** Nor may those behind one address hold a whole day between them. */
export const holdsPerNetwork = 8
/** How often, within an hour, a holder has the same time without booking it. */
export const holdsOfOneTime = 3
/** Behind one address there may be several people, and in a class room for more: as many seats as it has, so often. */
export const turnsPerNetwork = 6
export const rememberedMinutes = 60

export const holdLife = transitions<HoldStatus, 'use' | 'release' | 'expire'>({
  use: { from: ['active'], to: 'used' },
  release: { from: ['active'], to: 'released' },
  expire: { from: ['active'], to: 'expired' },
})

export type Hold = Data<typeof holdPlaced> & { place: Where | null; status: HoldStatus }

export const evolveHold = {
  'scheduling.hold.placed.v1': (_: Hold | null, d: Data<typeof holdPlaced>): Hold => ({
    ...d,
    place: d.place ?? null,
    status: 'active',
  }),
  'scheduling.hold.used.v1': (s: Hold): Hold => ({ ...s, status: 'used' }),
  'scheduling.hold.released.v1': (s: Hold): Hold => ({ ...s, status: 'released' }),
  'scheduling.hold.expired.v1': (s: Hold): Hold => ({ ...s, status: 'expired' }),
}
