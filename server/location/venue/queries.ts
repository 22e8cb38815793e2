import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db, Tx } from '@/db/client'
import { venue } from '@/db/schema'
import { plain } from '@/server/business/provider/model-listing'
import { refuse } from '@/server/core/errors'
import { id, line, nameKey } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { addressLines } from './model-address'
import type { VenueDetails } from './model-details'
import { venuesAmong, type Where } from './model-place'
import { type Destination, destinationOf } from './model-told'

export async function loadVenue(tx: Tx, venueId: string) {
  const [row] = await tx.select().from(venue).where(eq(venue.id, venueId))
  return row ?? refuse('not_found')
}

export const searched = ({ name, city }: Pick<VenueDetails, 'name' | 'city'>) => ({
  plainName: plain(name),
  plainCity: plain(city),
})

/** A business's venues by name; a page at a time by key. */
export const listVenues = query({
  name: 'location.venue.list',
  input: z.strictObject({
    businessId: id,
    q: line(100, 0).optional(),
    archived: z.boolean().default(false),
    limit: z.int().min(1).max(200).default(200),
    after: z.strictObject({ name: nameKey(400), id }).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { q, archived, limit, after }) => {
    const wanted = plain(q ?? '')
    const rows = await tx
      .select()
      .from(venue)
      .where(
        and(
          eq(venue.status, archived ? 'archived' : 'active'),
          wanted
            ? sql`strpos(${venue.plainName} || ' ' || ${venue.plainCity} || ' ' || ${venue.postalCode}, ${wanted}) > 0`
            : undefined,
          after ? sql`(${venue.plainName}, ${venue.id}) > (${after.name}, ${after.id}::uuid)` : undefined,
        ),
      )
      .orderBy(asc(venue.plainName), asc(venue.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const last = rows.length > limit ? page.at(-1) : undefined
    return {
      venues: page.map(({ id: venueId, name, ...row }) => ({
        id: venueId,
        name,
        city: row.city,
        address: addressLines(row).join(', '),
        timeZone: row.timeZone,
      })),
      after: last ? { name: last.plainName, id: last.id } : null,
    }
  },
})

/** One of them as whoever edits it needs it, with whose hours or classes ahead name it. */
export const showVenue = query({
  name: 'location.venue.show',
  input: z.strictObject({ businessId: id, venueId: id }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { venueId }) => {
    const { tenantId: _t, plainName: _n, plainCity: _c, ...row } = await loadVenue(tx, venueId)
    return { ...row, uses: await usesOf(tx, venueId) }
  },
})

/** Whose hours name a venue, or whose written slots ahead do. */
export async function usesOf(tx: Tx, venueId: string) {
  const rows = await tx.execute<{
    id: string
    name: string
    hours: boolean
    classes: number
    again: boolean
  }>(sql`
    select p.id, p.name, used.hours, used.classes, used.again from provider p
    join calendar c on c.tenant_id = p.tenant_id and c.provider_id = p.id
    cross join lateral (
      select ${venueId} in (select places_named(jsonb_set(c.rules, '{overrides}', coalesce((
          select jsonb_object_agg(day, ranges) from jsonb_each(c.rules -> 'overrides') as each(day, ranges)
          where day >= to_char(now() - interval '1 day', 'YYYY-MM-DD')), '{}')))) as hours,
        (select count(*)::int from slot t where t.tenant_id = p.tenant_id and t.provider_id = p.id
          and t.status <> 'deleted' and t.origin = 'written' and t.place = ${venueId} and t.starts_at > now()) as classes,
        exists (select from series s where s.tenant_id = p.tenant_id and s.provider_id = p.id
          and s.status = 'active' and s.place = ${venueId}) as again) used
    where p.status = 'active' and (used.hours or used.classes > 0 or used.again) order by p.name, p.id limit 100`)
  return [...rows]
}

/** By whose clock a place is: the venue's own, where it is at one. */
export async function zoneAt(tx: Tx, place: Where | null | undefined, otherwise: string): Promise<string> {
  const [venueId] = venuesAmong([place])
  if (!venueId) return otherwise
  const [row] = await tx.select({ zone: venue.timeZone }).from(venue).where(eq(venue.id, venueId))
  return row?.zone ?? otherwise
}

/** The venues of bookings, archived ones among them: who booked there still goes there. */
export async function destinationsOf(
  db: Db | Tx,
  places: readonly (Where | null | undefined)[],
): Promise<Map<Where, Destination>> {
  const ids = venuesAmong(places)
  if (ids.length === 0) return new Map()
  const rows = await db.select().from(venue).where(inArray(venue.id, ids))
  return new Map(rows.map((row) => [row.id, destinationOf(row)]))
}

/** What anybody may know of a place where a published provider is to be found; `online` among them. */
export type KnownPlace = { id: Where; name: string; city: string }

export async function placesOf(
  db: Db | Tx,
  providerIds: readonly string[],
): Promise<Map<string, KnownPlace[]>> {
  if (providerIds.length === 0) return new Map()
  const rows = await db.execute<KnownPlace & { provider_id: string }>(
    sql`select provider_id, id, name, city from places_of(${sql.param([...providerIds])}::uuid[])`,
  )
  const byProvider = Map.groupBy(rows, (row) => row.provider_id)
  return new Map(
    [...byProvider].map(([providerId, all]) => [
      providerId,
      all.map(({ id: place, name, city }) => ({ id: place, name, city })),
    ]),
  )
}

/** The published providers who are to be found there, as somebody typed it. */
export async function providersAt(db: Db | Tx, typed: string): Promise<string[]> {
  const wanted = plain(typed)
  const beginning = `${wanted.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await db.execute<{ id: string }>(sql`select providers_at(${wanted}, ${beginning}) as id`)
  return rows.map(({ id: providerId }) => providerId)
}

/** The published providers with a venue within so many kilometres, and how far the nearest one is. */
export async function providersNear(
  db: Db | Tx,
  { latitude, longitude }: { latitude: number; longitude: number },
  radiusKm: number,
): Promise<Map<string, number>> {
  const rows = await db.execute<{ provider_id: string; km: number }>(
    sql`select provider_id, km from providers_near(${latitude}, ${longitude}, ${radiusKm})`,
  )
  return new Map(rows.map(({ provider_id, km }) => [provider_id, km]))
}

/** A venue before anything is booked there: its address, and by whose clock. */
export type PublicVenue = { id: Where; name: string; city: string; lines: string[]; timeZone: string }

export async function publicVenues(tx: Tx, places: readonly (Where | null)[]): Promise<PublicVenue[]> {
  const ids = venuesAmong(places)
  if (ids.length === 0) return []
  const rows = await tx.select().from(venue).where(inArray(venue.id, ids)).orderBy(venue.plainName, venue.id)
  return rows.map(({ id: place, name, city, timeZone, ...row }) => ({
    id: place,
    name,
    city,
    lines: addressLines({ ...row, city }),
    timeZone,
  }))
}
