import { addDays, canonicalZone, DAY, dateOf, dayNumber, type PlainDate } from '@/server/core/time'
import type { Holidays } from './model-rules'

/** A day that comes every year, by the rule of its date, and when it comes. */
export type Holiday = { rule: string; name: string; dates: PlainDate[] }

/** How many years after this one are written at once. */
const yearsAhead = 3

/** Tables of the whole world: read only where somebody asks. */
const tables = async () => (await import('date-holidays')).default

/** The public holidays of a region in some years; null where there is no such region. Half days do not count. */
export async function holidaysOf(
  region: string,
  { from, years, language }: { from: number; years: number; language: string },
): Promise<Holiday[] | null> {
  const Tables = await tables()
  const [country = '', state, part] = region.split('-')
  if (!(await isRegion(country, state, part))) return null
  const table = new Tables({ country, state, region: part }, { types: ['public'] })
  const found = new Map<string, Holiday>()
  for (let year = from; year < from + years; year++)
    for (const { rule, name, date, start, end, substitute } of table.getHolidays(year, language)) {
      if (!date.includes(' 00:00:00')) continue
      const first = dayNumber(date.slice(0, 10))
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY))
      const dates = Array.from({ length: days }, (_, n) => dateOf(first + n))
      const known = found.get(rule)
      if (known) known.dates.push(...dates)
      if (!known || !substitute) found.set(rule, { rule, name, dates: known?.dates ?? dates })
    }
  return [...found.values()]
    .map((holiday) => ({ ...holiday, dates: [...new Set(holiday.dates)].sort() }))
    .sort((a, b) => ((a.dates[0] ?? '') < (b.dates[0] ?? '') ? -1 : 1))
}

const yearsListed = 2

/** Those that come within two years, the next first. */
export async function holidaysAhead(region: string, now: PlainDate, language: string): Promise<Holiday[]> {
  const last = addDays(now, 365 * yearsListed)
  const all = await holidaysOf(region, { from: Number(now.slice(0, 4)), years: yearsListed + 1, language })
  return (all ?? [])
    .map((holiday) => ({ ...holiday, dates: holiday.dates.filter((date) => date >= now && date <= last) }))
    .filter(({ dates }) => dates.length > 0)
    .sort((a, b) => ((a.dates[0] ?? '') < (b.dates[0] ?? '') ? -1 : 1))
}

/** What a form keeps open: each that it names (`open-`) and that is not ticked (`closed-`). What it never listed is closed. */
export function keptOpen(fields: Iterable<readonly [name: string, value: string]>): string[] {
  const names = new Set([...fields].map(([name]) => name))
  const named = [...names]
    .filter((name) => name.startsWith('open-'))
    .map((name) => name.slice('open-'.length))
  return named.filter((rule) => !names.has(`closed-${rule}`))
}

/** What the closed days among these are called. Nothing is read where none of them is closed. */
export async function holidayNames(
  { region, days }: Holidays,
  dates: readonly PlainDate[],
  language: string,
): Promise<Map<PlainDate, string>> {
  const closed = dates.filter((date) => days.includes(date))
  const [first, last] = [closed[0], closed.at(-1)].map((date) => Number(date?.slice(0, 4)))
  if (!first || !last) return new Map()
  const all = (await holidaysOf(region, { from: first, years: last - first + 1, language })) ?? []
  const named = all.flatMap(({ name, dates: on }) => on.map((date): [PlainDate, string] => [date, name]))
  return new Map(named.filter(([date]) => closed.includes(date)))
}

async function isRegion(country: string, state?: string, part?: string): Promise<boolean> {
  const asked = new (await tables())()
  const has = (names: Record<string, string> | undefined, code: string) => Object.hasOwn(names ?? {}, code)
  if (!has(asked.getCountries(), country)) return false
  if (state && !has(asked.getStates(country), state)) return false
  return !part || (Boolean(state) && has(asked.getRegions(country, state as string), part))
}

/** As they are written into a calendar's rules: this year's and those of the years that can be booked in. */
export async function closedDays(
  region: string,
  open: readonly string[],
  today: PlainDate,
): Promise<Holidays | null> {
  const from = Number(today.slice(0, 4))
  const all = await holidaysOf(region, { from, years: yearsAhead + 1, language: 'en' })
  if (!all) return null
  const kept = all.filter(({ rule }) => open.includes(rule))
  const days = all.filter((holiday) => !kept.includes(holiday)).flatMap(({ dates }) => dates)
  return {
    region,
    days: [...new Set(days)].sort(),
    through: `${from + yearsAhead}-12-31`,
    open: kept.map(({ rule }) => rule),
  }
}

export type Region = { code: string; name: string }

/** The countries that are known, by their name. */
export async function countries(language: string): Promise<Region[]> {
  const codes = Object.keys(new (await tables())().getCountries())
  const names = new Intl.DisplayNames(language, { type: 'region' })
  return named(
    codes.map((code) => [code, names.of(code) ?? code]),
    language,
  )
}

/** The parts of a country that have days of their own, and the parts of those. */
export async function regionsOf(country: string, language: string): Promise<Region[]> {
  const asked = new (await tables())()
  const states = Object.entries(asked.getStates(country, language) ?? {})
  return named(
    states.flatMap(([state, name]): [string, string][] => [
      [`${country}-${state}`, name],
      ...Object.entries(asked.getRegions(country, state, language) ?? {}).map(
        ([part, own]): [string, string] => [`${country}-${state}-${part}`, `${name}, ${own}`],
      ),
    ]),
    language,
  )
}

const named = (pairs: readonly [string, string][], language: string): Region[] =>
  pairs.map(([code, name]) => ({ code, name })).sort((a, b) => a.name.localeCompare(b.name, language))

/** The country whose clocks alone go by this zone. Only a beginning. */
export async function countryOf(zone: string): Promise<string | null> {
  const wanted = canonicalZone(zone)
  const zonesOf = (code: string): readonly string[] =>
    (new Intl.Locale('und', { region: code }) as { getTimeZones?(): string[] }).getTimeZones?.() ?? []
  const codes = Object.keys(new (await tables())().getCountries())
  const theirs = codes.filter((code) => zonesOf(code).some((each) => canonicalZone(each) === wanted))
  return theirs.length === 1 ? (theirs[0] ?? null) : null
}
