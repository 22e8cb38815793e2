import { type VenueWords, venueWords } from '@/components/venue/words'
import { online, type Where } from '@/server/location/venue/model-place'
import { listVenues } from '@/server/location/venue/queries'
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

export async function choicesFor({ businessId, call, language }: Desk): Promise<Choices> {
  const words = venueWords[language]
  const { venues } = await asked(listVenues.execute({ businessId }, call))
  const names = new Map([...venues.map(({ id, name }) => [id, name] as const), [online, words.online]])
  return {
    words,
    options: (first) => [
      { value: '', label: first },
      ...[...names].map(([value, label]) => ({ value, label })),
    ],
    nameOf: (place) => (place ? (names.get(place) ?? null) : null),
    hasVenues: venues.length > 0,
  }
}

/** For the hours of a day or a week: each stretch is at the usual place, or at one of its own. */
export const perStretch = ({ words, options, hasVenues }: Choices) =>
  hasVenues ? { options: options(words.asUsual), labelFor: words.placeOf } : null
