import { inArray, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { projectionState, listing as table } from '@/db/schema'
import type { Projection, Standing } from '@/server/core/projection'
import type { Business } from '../business/model'
import type { Service } from '../service/model'
import type { Provider } from './model'
import { type Listing, listingOf } from './model-listing'

/** The published providers of all businesses, for visitors who search. */
export const listing: Projection = {
  name: 'listing',
  of: ['business.business', 'business.service', 'business.provider'],
  project: async (tx, changed, generation) => {
    const all = await standingsOf(tx, [...new Set(changed.map((c) => c.tenantId))], generation)
    const { affected, listings } = derive(all, changed)
    const published = new Set(listings.map((l) => l.providerId))
    const gone = affected.filter((id) => !published.has(id))
    if (gone.length > 0)
      await tx.execute(
        sql`delete from listing where generation = ${generation} and provider_id = any(${sql.param(gone)}::uuid[])`,
      )
    if (listings.length > 0) await write(tx, listings, generation)
  },
  discard: async (tx, generation, atMost) => {
    const rows = await tx.execute(sql`
      delete from listing where generation = ${generation} and provider_id in (
        select provider_id from listing where generation = ${generation} limit ${atMost}) returning 1`)
    return rows.length
  },
  expected: (standings) => derive(standings, standings).listings,
  actual: async (db, generation) => {
    const rows = await db.select().from(table).where(sql`generation = ${generation}`)
    return rows.map(({ generation: _, search: _s, ...row }) => row)
  },
}

/** Everything that these businesses' listings are made of. */
async function standingsOf(db: Db | Tx, tenants: string[], generation: number): Promise<Standing[]> {
  return db
    .select()
    .from(projectionState)
    .where(
      sql`${projectionState.projection} = 'listing' and ${projectionState.generation} = ${generation} and ${inArray(projectionState.tenantId, tenants)}`,
    )
}

/** The providers that a change may show on, and the listings of those who are to be found. */
function derive(all: readonly Standing[], changed: readonly Standing[]) {
  const of = <S>(type: string) =>
    new Map(all.filter((s) => s.type === type && s.state !== null).map((s) => [s.id, s.state as S]))
  const businesses = of<Business>('business.business')
  const services = of<Service>('business.service')
  const touched = new Set(changed.map((c) => c.id))
  const affected: string[] = []
  const listings: Listing[] = []
  for (const standing of all) {
    if (standing.type !== 'business.provider' || standing.state === null) continue
    const provider = standing.state as Provider
    if (![standing.id, standing.tenantId, ...provider.serviceIds].some((id) => touched.has(id))) continue
    affected.push(standing.id)
    const business = businesses.get(standing.tenantId)
    const found = business && listingOf(standing.tenantId, provider, business, (id) => services.get(id))
    if (found) listings.push(found)
  }
  return { affected, listings }
}

const columns = sql.raw(
  'tenant_id, provider_id, business_name, business_slug, name, bio, time_zone, services, sort_name, words',
)

async function write(tx: Tx, listings: Listing[], generation: number): Promise<void> {
  const rows = listings.map((l) => ({
    tenant_id: l.tenantId,
    provider_id: l.providerId,
    business_name: l.businessName,
    business_slug: l.businessSlug,
    name: l.name,
    bio: l.bio,
    time_zone: l.timeZone,
    services: l.services,
    sort_name: l.sortName,
    words: l.words,
  }))
  await tx.execute(sql`
    insert into listing (generation, ${columns})
    select ${generation}, ${columns} from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as l(tenant_id uuid, provider_id uuid, business_name text, business_slug text, name text, bio text, time_zone text,
           services jsonb, sort_name text, words text[])
    on conflict (generation, provider_id) do update set
      business_name = excluded.business_name, business_slug = excluded.business_slug, name = excluded.name, bio = excluded.bio,
      time_zone = excluded.time_zone, services = excluded.services, sort_name = excluded.sort_name, words = excluded.words`)
}
