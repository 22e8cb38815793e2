import type { Business } from '../business/model'
import type { Service } from '../service/model'
import type { Provider } from './model'

export type ListedService = {
  id: string
  name: string
  durationMinutes: number
  price: { amount: number; currency: string }
}

/** A provider as visitors find them. */
export type Listing = {
  tenantId: string
  providerId: string
  businessName: string
  businessSlug: string
  name: string
  bio: string
  timeZone: string
  services: ListedService[]
  sortName: string
  /** Name, services, business, bio: a word counts for more the earlier it stands. */
  words: [string, string, string, string]
}

/** Some single letters become many when they are taken apart. */
const longestSortName = 160

/** Who is not published, or has left, is not listed; what is no longer offered is not either. */
export function listingOf(
  tenantId: string,
  provider: Provider,
  business: Business,
  serviceOf: (id: string) => Service | undefined,
): Listing | null {
  if (!provider.published || provider.status !== 'active') return null
  const services = provider.serviceIds
    .map(serviceOf)
    .filter((s) => s?.status === 'active')
    .map((s) => listed(s as Service))
  const { providerId, name, bio, timeZone } = provider
  const words = [name, services.map((s) => s.name).join(' '), business.name, bio].map(plain)
  return {
    tenantId,
    providerId,
    businessName: business.name,
    businessSlug: business.slug,
    name,
    bio,
    timeZone,
    services,
    sortName: [...plain(name)].slice(0, longestSortName).join(''),
    words: words as Listing['words'],
  }
}

const listed = ({ serviceId: id, name, durationMinutes, amount, currency }: Service): ListedService => ({
  id,
  name,
  durationMinutes,
  price: { amount, currency },
})

/** As people type when they search: without capitals and accents. */
export const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase().trim()

const wordsOf = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** Whether each word that was typed begins one of a name's: what the query says of many, asked of one. */
export function isNamed(name: string, typed: string): boolean {
  const [words, wanted] = [wordsOf(name), wordsOf(typed)]
  return wanted.length > 0 && wanted.every((word) => words.some((other) => other.startsWith(word)))
}

/** What was typed, as a query for words that begin so; null where nothing of it is a word. */
export function wordsBeginning(text: string, weight: 'A' | 'B' | 'C' | 'D' | '' = ''): string | null {
  const words = wordsOf(text)
  return words.length === 0 ? null : words.map((word) => `'${word}':*${weight}`).join(' & ')
}
