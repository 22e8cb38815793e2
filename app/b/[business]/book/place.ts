import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { venueWords } from '@/components/venue/words'
import { type Offer, showOffer } from '@/server/business/business/queries'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { isZone } from '@/server/core/time'
import { online, type Where } from '@/server/location/venue/model-place'
import { cookieOf, type Language, languageOf, localeOf } from '@/server/request'

export type Query = Partial<
  Record<
    | 'service'
    | 'provider'
    | 'day'
    | 'month'
    | 'zone'
    | 'hold'
    | 'token'
    | 'taken'
    | 'refused'
    | 'seats'
    | 'repeat'
    | 'draft'
    | 'place'
    | 'startTime'
    | 'every'
    | 'times',
    string
  >
>
export type Service = Offer['services'][number]

/** Where in the flow somebody is, from the address alone: every step can be linked to. */
export type Place = {
  offer: Offer
  language: Language
  /** How dates and numbers are written for this reader. */
  locale: string
  query: Query
  service: Service | null
  /** Chosen, or the only one. Null: whoever is free. */
  providerId: string | null
  zone: string
  /** By whose clock days are counted: the venue's, where all of it is at one; else the reader's. */
  dayZone: string
  /** Where it is to be: a venue of the business, or online. Null: wherever there is a time. */
  where: Where | null
  /** How many places of a group are wanted. */
  seats: number
  href(change: Query): string
}

export async function placeOf(
  slug: string,
  given: Record<string, string | string[] | undefined>,
): Promise<Place> {
  const [offer, asked] = [await offerOf(slug), await headers()]
  const query = Object.fromEntries(Object.entries(given).filter(([, v]) => typeof v === 'string')) as Query
  const service = offer.services.find((s) => s.id === query.service) ?? only(offer.services)
  const providerId =
    service?.providerIds.find((id) => id === query.provider) ?? only(service?.providerIds ?? [])
  const provider = offer.providers.find((p) => p.id === (providerId ?? service?.providerIds[0]))
  const wanted = [query.zone, cookieOf(asked, 'zone'), provider?.timeZone, offer.timeZone]
  const zone = wanted.find((z): z is string => z !== undefined && isZone(z)) ?? 'UTC'
  const where =
    query.place === online || offer.venues.some((v) => v.id === query.place) ? (query.place ?? null) : null
  const dayZone = zoneOfVenues(offer, service, providerId, where) ?? zone
  const href = (change: Query) => {
    const { hold: _h, token: _t, taken: _k, refused: _r, startTime: _s, ...kept } = query
    const next = Object.entries({ ...kept, ...change }).filter(([, v]) => v) as [string, string][]
    return `/b/${offer.slug}/book?${new URLSearchParams(next)}`
  }
  const seats = Math.min(Math.max(Math.trunc(Number(query.seats)) || 1, 1), service?.capacity ?? 1)
  const language = languageOf(asked, offer.language)
  const locale = localeOf(asked, language)
  return { offer, language, locale, query, service, providerId, zone, dayZone, where, seats, href }
}

/** The clock of all the venues it may be at, where that is one and nothing is online. */
function zoneOfVenues(
  { providers, venues }: Offer,
  service: Service | null,
  providerId: string | null,
  where: Where | null,
): string | null {
  const doers = providers.filter(({ id }) =>
    providerId ? id === providerId : service?.providerIds.includes(id),
  )
  const possible = where ? [where] : doers.flatMap(({ places }) => (places.length > 0 ? places : [online]))
  const places = service?.given === 'on_site' ? possible.filter((place) => place !== online) : possible
  if (service?.given === 'online' || places.length === 0 || places.includes(online)) return null
  return only([...new Set(places.map((place) => venues.find(({ id }) => id === place)?.timeZone ?? ''))])
}

const only = <T>(list: readonly T[]): T | null => (list.length === 1 ? (list[0] as T) : null)

export async function offerOf(slug: string): Promise<Offer> {
  try {
    return await showOffer.execute({ slug }, newCall(anonymous))
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}

/** A place of the business as it is shown before anything is booked. */
export function whereIn({ offer, language }: Place, place: string): { name: string; under: string } {
  const words = venueWords[language]
  const venue = offer.venues.find(({ id }) => id === place)
  return venue
    ? { name: venue.name, under: venue.lines.join(', ') }
    : { name: words.online, under: words.onlineUnder }
}
