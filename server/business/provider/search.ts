import { and, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { listing } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { currency, id, line, minorUnits, nameKey } from '@/server/core/fields'
import { anyone } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { addDays, isDate, parseInstant, startOfDay } from '@/server/core/time'
import { type KnownPlace, placesOf, providersAt, providersNear } from '@/server/location/venue/queries'
import { nextFree } from '@/server/scheduling/calendar/queries'
import { isNamed, type ListedService, wordsBeginning } from './model-listing'
import { near, radiusKm, roundKm, usualRadiusKm } from './model-near'

const dayOrInstant = z
  .string()
  .refine((s) => isDate(s) || parseInstant(s) !== undefined, 'is neither a day (YYYY-MM-DD) nor an instant')
  .refine((s) => s >= '2000' && s < '2200', 'is outside the years 2000 to 2199')

const wanted = z
  .strictObject({
    /** Beginnings of words in the name, the services, the business or the text about them. */
    q: line(100).optional(),
    /** A service by its id, or by beginnings of the words in its name. */
    service: line(100).optional(),
    /** Where they are to be found: how a city or a venue begins, a venue by its id, or `online`. */
    place: line(100).optional(),
    /** Where somebody is, as latitude and longitude: who is within `radiusKm` of it (25 unless said), the nearest first. */
    near: near.optional(),
    radiusKm: radiusKm.optional(),
    /** Something they do costs at most this, in minor units of `currency`. */
    maxAmount: minorUnits.optional(),
    currency: currency.optional(),
    /** `nextFree` looks from here on: a day as the provider counts it, or an instant. */
    from: dayOrInstant.optional(),
    /** Only who has a free time until then: on that day, or before that instant. */
    until: dayOrInstant.optional(),
    limit: z.int().min(1).max(100).default(20),
    cursor: z.string().max(2000).optional(),
  })
  .refine(({ maxAmount, currency }) => (maxAmount === undefined) === (currency === undefined), {
    message: 'goes with maxAmount',
    path: ['currency'],
  })
  .refine(({ near, radiusKm }) => near !== undefined || radiusKm === undefined, {
    message: 'goes with near',
    path: ['radiusKm'],
  })
type Wanted = z.output<typeof wanted>

/** Of those who have nothing free in time, so many are looked at before the caller asks again. */
const mostLookedAt = 300

/** The published providers by name, or the nearest first; a page at a time by key. */
export const searchProviders = query({
  name: 'business.provider.search',
  input: wanted,
  may: anyone,
  run: async (tx, input) => {
    const { limit, until } = input
    const there = input.place === undefined ? undefined : await providersAt(tx, input.place)
    const away = input.near && (await providersNear(tx, input.near, input.radiusKm ?? usualRadiusKm))
    const now = Date.now()
    const leavesOut = input.service !== undefined && !isId(input.service)
    const atOnce = until !== undefined ? 100 : leavesOut ? Math.max(limit, 20) : limit
    const providers: ReturnType<typeof shown>[] = []
    let after = input.cursor === undefined ? undefined : readCursor(input.cursor, away !== undefined)
    for (let looked = 0; ; looked += atOnce) {
      const rows = await listed(tx, input, { there, away }, after, atOnce + 1)
      const page = rows.slice(0, atOnce)
      const places = await placesOf(
        tx,
        page.map((row) => row.providerId),
      )
      const asked = page.map((row) => askedOf(row, input, now))
      const free = await nextFree(tx, asked, now)
      for (const [n, row] of page.entries()) {
        if (providers.length === limit) break
        const km = away?.get(row.providerId)
        after = { name: row.sortName, id: row.providerId, km }
        // The words of two services together name neither.
        if (leavesOut && asked[n]?.serviceIds.length === 0) continue
        const next = free.get(row.providerId) ?? null
        if (until === undefined || (next && Date.parse(next) < endOf(until, row.timeZone)))
          providers.push(shown(row, next, places.get(row.providerId) ?? [], km))
      }
      const atEnd = rows.length <= atOnce && (page.at(-1)?.providerId ?? after?.id) === after?.id
      if (atEnd) return { providers, nextCursor: null }
      if (providers.length === limit || looked + atOnce >= mostLookedAt)
        return { providers, nextCursor: after ? writeCursor(after) : null }
    }
  },
})

type Row = typeof listing.$inferSelect

const listed = (
  tx: Tx,
  input: Wanted,
  { there, away }: { there: string[] | undefined; away: Map<string, number> | undefined },
  after: Cursor | undefined,
  limit: number,
): Promise<Row[]> => {
  const km = away && kmOf(away)
  return tx
    .select()
    .from(listing)
    .where(
      and(
        sql`${listing.generation} = (select live from projection where name = 'listing')`,
        input.q === undefined ? undefined : matching(wordsBeginning(input.q)),
        input.service === undefined ? undefined : offering(input.service),
        input.maxAmount === undefined ? undefined : costing(input),
        there && sql`${listing.providerId} = any(${sql.param(there)}::uuid[])`,
        away && sql`${listing.providerId} = any(${sql.param([...away.keys()])}::uuid[])`,
        after &&
          (km
            ? sql`(${km}, ${listing.sortName}, ${listing.providerId}) > (${after.km}, ${after.name}, ${after.id}::uuid)`
            : sql`(${listing.sortName}, ${listing.providerId}) > (${after.name}, ${after.id}::uuid)`),
      ),
    )
    .orderBy(...(km ? [km] : []), listing.sortName, listing.providerId)
    .limit(limit)
}

/** How far each of them is, in a query. */
const kmOf = (away: Map<string, number>): SQL =>
  sql`(${JSON.stringify(Object.fromEntries(away))}::text::jsonb ->> ${listing.providerId}::text)::float8`

const matching = (words: string | null): SQL =>
  words === null ? sql`false` : sql`${listing.search} @@ ${words}::tsquery`

const isId = (text: string | undefined): text is string => z.guid().safeParse(text).success

const offering = (service: string): SQL =>
  isId(service)
    ? sql`${listing.services} @> ${JSON.stringify([{ id: service.toLowerCase() }])}::text::jsonb`
    : matching(wordsBeginning(service, 'B'))

const costing = ({ maxAmount, currency, service }: Wanted): SQL => sql`exists (
  select from jsonb_array_elements(${listing.services}) s
  where s -> 'price' ->> 'currency' = ${currency} and (s -> 'price' ->> 'amount')::int <= ${maxAmount}
    and ${isId(service) ? sql`s ->> 'id' = ${service.toLowerCase()}` : sql`true`})`

/** The services that answer what was asked, for a time of theirs. */
const fits = (service: ListedService, { service: asked, maxAmount, currency }: Wanted): boolean =>
  (asked === undefined ||
    (isId(asked) ? service.id === asked.toLowerCase() : isNamed(service.name, asked))) &&
  (maxAmount === undefined || (service.price.currency === currency && service.price.amount <= maxAmount))

const askedOf = (row: Row, input: Wanted, now: number) => ({
  providerId: row.providerId,
  serviceIds: row.services.filter((service) => fits(service, input)).map((service) => service.id),
  from: input.from === undefined ? now : Math.max(now, startOf(input.from, row.timeZone)),
})

const shown = (row: Row, next: string | null, places: KnownPlace[], km: number | undefined) => ({
  id: row.providerId,
  name: row.name,
  businessId: row.tenantId,
  businessName: row.businessName,
  businessSlug: row.businessSlug,
  timeZone: row.timeZone,
  nextFree: next,
  places,
  services: row.services,
  /** Of the nearest of their venues, where nearness was asked for. */
  ...(km === undefined ? {} : { distanceKm: roundKm(km) }),
})

const startOf = (at: string, zone: string): number =>
  isDate(at) ? startOfDay(zone, at) : (parseInstant(at) ?? Number.NaN)
const endOf = (at: string, zone: string): number => startOf(isDate(at) ? addDays(at, 1) : at, zone)

const cursorSchema = z.strictObject({ name: nameKey(320), id, km: z.number().min(0).max(25_000).optional() })
type Cursor = z.output<typeof cursorSchema>

const writeCursor = (at: Cursor): string => Buffer.from(JSON.stringify(at)).toString('base64url')

/** It comes back from outside, where it may have been changed. */
function readCursor(cursor: string, isNear: boolean): Cursor {
  try {
    const read = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    if ((read.km !== undefined) === isNear) return read
  } catch {}
  return refuse('malformed', 'malformed', { errors: { cursor: 'is not a cursor of this list' } })
}
