import { type VenueWords, venueWords } from '@/components/venue/words'
import { online, venuesAmong, type Where } from '@/server/location/venue/model-place'
import { listVenues, showVenue } from '@/server/location/venue/queries'
import { asked, type Desk } from '../desk'

/** The places there are to choose from, and what hours, classes and special days say where none is named. */
export type Choices = {
  words: VenueWords
  /** With `first` for none. */
  options(first: string): { value: string; label: string }[]
  nameOf(place: Where | null | undefined): string | null
  /** Whether there is anything to choose for single stretches. */
  hasVenues: boolean
}

/** `named` are chosen already: they stay among the choices however many there are, and archived or not. */
export async function choicesFor(
  { businessId, call, language }: Desk,
  named: readonly (Where | null | undefined)[] = [],
): Promise<Choices> {
  const words = venueWords[language]
  const { venues } = await asked(listVenues.execute({ businessId }, call))
  const known = new Set(venues.map(({ id }) => id))
  const others = await Promise.all(
    venuesAmong(named)
      .filter((id) => !known.has(id))
      .map((venueId) => asked(showVenue.execute({ businessId, venueId }, call))),
  )
  const names = new Map([...venues, ...others].map(({ id, name }) => [id, name]))
  names.set(online, words.online)
  return {
    words,
    options: (first) => [
      { value: '', label: first },
      ...[...names].map(([value, label]) => ({ value, label })),
    ],
    nameOf: (place) => (place ? (names.get(place) ?? null) : null),
    hasVenues: names.size > 1,
  }
}

/** For the hours of a day or a week: each stretch is at the usual place, or at one of its own. */
export const perStretch = ({ words, options, hasVenues }: Choices) =>
  hasVenues ? { options: options(words.asUsual), labelFor: words.placeOf } : null
