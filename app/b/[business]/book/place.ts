import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { type Offer, showOffer } from '@/server/business/business/queries'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { isZone } from '@/server/core/time'
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
    | 'repeat',
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
  const href = (change: Query) => {
    const { hold: _h, token: _t, taken: _k, refused: _r, ...kept } = query
    const next = Object.entries({ ...kept, ...change }).filter(([, v]) => v) as [string, string][]
    return `/b/${offer.slug}/book?${new URLSearchParams(next)}`
  }
  const seats = Math.min(Math.max(Number(query.seats) || 1, 1), service?.capacity ?? 1)
  const language = languageOf(asked, offer.language)
  const locale = localeOf(asked, language)
  return { offer, language, locale, query, service, providerId, zone, seats, href }
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
