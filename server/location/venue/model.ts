import type { Data } from '@/server/core/events'
import { transitions } from '@/server/core/transitions'
import type { venueCreated, venueUpdated } from './events'

export const venueStatuses = ['active', 'archived'] as const
export type VenueStatus = (typeof venueStatuses)[number]

export const venueLife = transitions<VenueStatus, 'update' | 'archive'>({
  update: { from: ['active'], to: 'active' },
  archive: { from: ['active'], to: 'archived' },
})

type Told = Data<typeof venueCreated>
export type Venue = Omit<Told, 'businessId' | 'access' | 'note'> & { status: VenueStatus }

const open = ({ businessId: _b, access: _a, note: _n, ...details }: Told) => details

/** How to get in and the note are sealed, and no part of a fold. */
export const evolveVenue = {
  'location.venue.created.v1': (_: Venue | null, d: Told): Venue => ({ ...open(d), status: 'active' }),
  'location.venue.updated.v1': (s: Venue, d: Data<typeof venueUpdated>): Venue => ({ ...s, ...open(d) }),
  'location.venue.archived.v1': (s: Venue): Venue => ({ ...s, status: 'archived' }),
}
