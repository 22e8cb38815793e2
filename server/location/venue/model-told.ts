import { addressLines } from './model-address'
import type { VenueDetails } from './model-details'
import { online, type Where } from './model-place'

/** A venue as whoever is expected there needs it. */
export type Destination = {
  id: Where
  name: string
  lines: string[]
  access: string | null
  phone: string | null
  position: { latitude: number; longitude: number } | null
}

/** Where a booking is, as it is told: the same in pages, mails, calendar files and feeds. */
export type Told = ({ kind: 'venue'; line: string } & Destination) | { kind: 'online'; link: string | null }

export const destinationOf = (venue: VenueDetails & { id: Where }): Destination => ({
  id: venue.id,
  name: venue.name,
  lines: addressLines(venue),
  access: venue.access,
  phone: venue.phone,
  position:
    venue.latitude === null || venue.longitude === null
      ? null
      : { latitude: venue.latitude, longitude: venue.longitude },
})

/** Where it is, to somebody; how to get in, only to who is expected there. */
export const forGuest = (venue: Destination, isExpected: boolean): Destination =>
  isExpected ? venue : { ...venue, access: null }

type Meeting = { place: Where | null; meetingLink: string | null; isExpected: boolean }

/** Null where no place is told. */
export function toldOf(
  { place, meetingLink, isExpected }: Meeting,
  venues: ReadonlyMap<Where, Destination>,
): Told | null {
  if (place === online) return { kind: 'online', link: isExpected ? meetingLink : null }
  const venue = place === null ? undefined : venues.get(place)
  if (!venue) return null
  const line = [venue.name, ...venue.lines].join(', ')
  return { kind: 'venue', line, ...forGuest(venue, isExpected) }
}

/** In a calendar: an address that is found, or a link that is opened. */
export const locationOf = (told: Told | null, word: string): string | null =>
  told === null ? null : told.kind === 'venue' ? told.line : (told.link ?? word)

/** What it is called, in few words. */
export const calledOf = (told: Told | null, word: string): string | null =>
  told === null ? null : told.kind === 'venue' ? told.name : word

export const joinOf = (told: Told | null): string | null => (told?.kind === 'online' ? told.link : null)
