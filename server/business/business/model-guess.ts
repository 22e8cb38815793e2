import { isZone } from '@/server/core/time'

/** What money is used, and which clock most people look at, where somebody's browser says it is from. */
const places: Record<string, [currency: string, timeZone: string]> = {
  AT: ['EUR', 'Europe/Vienna'],
  AU: ['AUD', 'Australia/Sydney'],
  BE: ['EUR', 'Europe/Brussels'],
  BR: ['BRL', 'America/Sao_Paulo'],
  CA: ['CAD', 'America/Toronto'],
  CH: ['CHF', 'Europe/Zurich'],
  CZ: ['CZK', 'Europe/Prague'],
  DE: ['EUR', 'Europe/Berlin'],
  DK: ['DKK', 'Europe/Copenhagen'],
  ES: ['EUR', 'Europe/Madrid'],
  FI: ['EUR', 'Europe/Helsinki'],
  FR: ['EUR', 'Europe/Paris'],
  GB: ['GBP', 'Europe/London'],
  IE: ['EUR', 'Europe/Dublin'],
  IN: ['INR', 'Asia/Kolkata'],
  IT: ['EUR', 'Europe/Rome'],
  JP: ['JPY', 'Asia/Tokyo'],
  NL: ['EUR', 'Europe/Amsterdam'],
  NO: ['NOK', 'Europe/Oslo'],
  NP: ['NPR', 'Asia/Kathmandu'],
  NZ: ['NZD', 'Pacific/Auckland'],
  PL: ['PLN', 'Europe/Warsaw'],
  PT: ['EUR', 'Europe/Lisbon'],
  SE: ['SEK', 'Europe/Stockholm'],
  US: ['USD', 'America/New_York'],
  ZA: ['ZAR', 'Africa/Johannesburg'],
}

/** The money of these places, for a list to choose from. */
export const usualCurrencies = [...new Set(Object.values(places).map(([currency]) => currency))].sort()

const regionOfLanguage: Record<string, string> = { de: 'DE', en: 'GB' }

/** From the browser's languages and, where it is known, its zone. Only a beginning: the owner says what is true. */
export function guessFrom(acceptLanguage: string, zone?: string): { currency: string; timeZone: string } {
  const tags = acceptLanguage.split(',').map((part) => part.split(';')[0]?.trim() ?? '')
  const named = tags.map((tag) => tag.split('-').at(-1)?.toUpperCase() ?? '').find((region) => places[region])
  const spoken = regionOfLanguage[tags[0]?.slice(0, 2) ?? '']
  const known = zone && isZone(zone) ? zone : undefined
  const byZone = Object.values(places).find(([, timeZone]) => timeZone === known)
  const [currency, timeZone] = (named && places[named]) ||
    byZone ||
    (spoken && places[spoken]) || ['EUR', 'UTC']
  return { currency: byZone?.[0] ?? currency, timeZone: known ?? timeZone }
}
