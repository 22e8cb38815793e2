import type postgres from 'postgres'
import type { World } from '@/db/testing-world'

/**
 * Other businesses like the first, and what all of them and these had booked before: rows, events and heads as their
 * verbs would have left them, with ids and times of their own. What handlers keep of events (`handled`) is left out.
 */
export async function crowd(
  owner: postgres.Sql,
  worlds: readonly World[],
  { businesses, bookings }: { businesses: number; bookings: number },
): Promise<void> {
  const [first] = worlds
  if (!first) throw new Error('there is nobody to be like')
  const { businessId, providerId, serviceId } = first
  await owner.begin(async (tx) => {
    await tx`
      create temporary table house on commit drop as
      select n, uuidv7() as tenant, uuidv7() as provider, uuidv7() as service, uuidv7() as contact
      from generate_series(1, ${businesses}::int) n`
    for (const [table, changes] of Object.entries(ofAHouse))
      await copyRows(tx, table, changes, { businessId, providerId, serviceId })
    await tx`
      insert into aggregate_head (tenant_id, type, id, version)
      select h.tenant, t.type, case t.type when 'business.business' then h.tenant when 'business.service' then h.service
        when 'business.contact' then h.contact else h.provider end, 1
      from house h, unnest(array['business.business', 'business.service', 'business.contact', 'business.provider', 'scheduling.calendar']) t(type)`
    for (const world of worlds)
      await tx`
        insert into house (tenant, provider, service, contact)
        select tenant_id, ${world.providerId}, ${world.serviceId}, id from contact where tenant_id = ${world.businessId} limit 1`
    // An hour of every provider's day, at most once: as many as a past booking each, going back.
    await tx`
      create temporary table past on commit drop as
      select h.*, uuidv7() as booking, uuidv7() as place,
             date_trunc('day', now()) - make_interval(days => 2 + b / 8) + make_interval(hours => 8 + b % 8) as starts
      from house h, generate_series(0, ${Math.ceil(bookings / (businesses + worlds.length)) - 1}::int) b`
    await tx`
      insert into appointment (tenant_id, id, provider_id, service_id, contact_id, starts_at, ends_at, time_zone, seats, status, terms, created_at)
      select p.tenant, p.booking, p.provider, p.service, p.contact, p.starts, p.starts + interval '1 hour', a.time_zone, 1,
             'completed', a.terms, p.starts - interval '9 days'
      from past p, (select * from appointment where provider_id = ${providerId} limit 1) a`
    await tx`
      insert into occupancy (tenant_id, id, provider_id, kind, ref_id, starts_at, ends_at, busy_from, busy_to)
      select tenant, place, provider, 'appointment', booking, starts, starts + interval '1 hour', starts, starts + interval '1 hour'
      from past`
    await tx`insert into aggregate_head (tenant_id, type, id, version) select tenant, 'booking.appointment', booking, 2 from past`
    await tx`
      insert into event_log (retention, recorded_at, id, type, tenant_id, aggregate_type, aggregate_id, version, correlation_id,
                             actor_id, traceparent, metadata, topics, data)
      select e.retention, p.starts - interval '9 days', uuidv7(), e.type, p.tenant, e.aggregate_type,
             case e.aggregate_type when 'booking.appointment' then p.booking else p.provider end,
             case e.aggregate_type when 'booking.appointment' then e.version
               else 1000 + row_number() over (partition by p.provider, e.type order by p.starts) end,
             uuidv7(), e.actor_id, e.traceparent, e.metadata, array['business:' || p.tenant, 'appointment:' || p.booking],
             e.data || jsonb_build_object('bookingId', p.booking)
      from past p, event_log e
      where e.data ->> 'bookingId' = (select id::text from appointment where provider_id = ${providerId} limit 1)`
  })
}

/** What a business is made of, and which columns of the first one's rows are another's own. */
const ofAHouse: Record<string, Record<string, string>> = {
  business: { tenant_id: 'h.tenant', slug: "'crowd-' || h.n" },
  service: { tenant_id: 'h.tenant', id: 'h.service' },
  provider: { tenant_id: 'h.tenant', id: 'h.provider' },
  provider_service: { tenant_id: 'h.tenant', provider_id: 'h.provider', service_id: 'h.service' },
  calendar: { tenant_id: 'h.tenant', provider_id: 'h.provider' },
  contact: { tenant_id: 'h.tenant', id: 'h.contact' },
}

async function copyRows(
  tx: postgres.TransactionSql,
  table: string,
  changes: Record<string, string>,
  first: Pick<World, 'businessId' | 'providerId' | 'serviceId'>,
): Promise<void> {
  const columns = await tx<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER' order by ordinal_position`
  const names = columns.map(({ name }) => name)
  const theirs: Record<string, string> = {
    service: `and id = '${first.serviceId}'`,
    provider: `and id = '${first.providerId}'`,
    provider_service: `and provider_id = '${first.providerId}' and service_id = '${first.serviceId}'`,
    calendar: `and provider_id = '${first.providerId}'`,
  }
  await tx.unsafe(`
    insert into ${table} (${names.join(', ')})
    select ${names.map((name) => changes[name] ?? `x.${name}`).join(', ')}
    from house h, (select * from ${table} where tenant_id = '${first.businessId}' ${theirs[table] ?? ''} limit 1) x`)
}
