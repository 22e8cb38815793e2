CREATE TABLE "venue" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"lines" text[] NOT NULL,
	"postal_code" text NOT NULL,
	"city" text NOT NULL,
	"country" text NOT NULL,
	"time_zone" text NOT NULL,
	"phone" text,
	"access" text,
	"note" text,
	"latitude" double precision,
	"longitude" double precision,
	"fence_metres" integer,
	"status" text NOT NULL,
	"plain_name" text NOT NULL,
	"plain_city" text NOT NULL,
	CONSTRAINT "venue_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "venue_is_somewhere" CHECK (("venue"."latitude" is null) = ("venue"."longitude" is null) and abs("venue"."latitude") <= 90 and abs("venue"."longitude") <= 180)
);
--> statement-breakpoint
ALTER TABLE "appointment" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "appointment" ADD COLUMN "meeting_link" text;--> statement-breakpoint
ALTER TABLE "provider" ADD COLUMN "room_link" text;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "given" text DEFAULT 'either' NOT NULL;--> statement-breakpoint
ALTER TABLE "hold" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "series" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "slot" ADD COLUMN "place" text;--> statement-breakpoint
CREATE INDEX "venue_by_name" ON "venue" USING btree ("tenant_id","plain_name","id");--> statement-breakpoint
CREATE INDEX "venue_by_city" ON "venue" USING btree (plain_city text_pattern_ops);--> statement-breakpoint
CREATE INDEX "venue_by_plain_name" ON "venue" USING btree (plain_name text_pattern_ops);
--> statement-breakpoint

do $$
begin
  alter table venue enable row level security;
  alter table venue force row level security;
  execute format('create policy owner on venue to %I using (true) with check (true)', current_user);
  create policy tenant on venue to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
end $$;
--> statement-breakpoint
grant select, insert, update, delete on venue to slotwise_app;
--> statement-breakpoint

-- The places that hours name: the usual one and those of single stretches.
create function places_named(rules jsonb) returns setof text
language sql immutable parallel safe set search_path = public, pg_temp
begin atomic
  select distinct named.place from (
    select places_named.rules ->> 'place' as place
    union all select jsonb_path_query(places_named.rules, '$.weekly.*[*][2]') #>> '{}'
    union all select jsonb_path_query(places_named.rules, '$.overrides.*[*][2]') #>> '{}'
  ) named where named.place is not null;
end;
--> statement-breakpoint

-- As before, and where: how the service is given, the places of written slots, and what visitors may know of the venues.
create or replace function calendar_facts(wanted_provider uuid, wanted_service uuid, from_at timestamptz, to_at timestamptz) returns jsonb
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select jsonb_build_object(
    'tenantId', p.tenant_id,
    'provider', jsonb_build_object('id', p.id, 'name', p.name, 'status', p.status, 'published', p.published, 'timeZone', p.time_zone),
    'service', jsonb_build_object('id', s.id, 'name', s.name, 'status', s.status, 'durationMinutes', s.duration_minutes,
      'stepMinutes', s.step_minutes, 'bufferBeforeMinutes', s.buffer_before_minutes, 'bufferAfterMinutes', s.buffer_after_minutes,
      'noticeMinutes', s.notice_minutes, 'windowDays', s.window_days, 'capacity', s.capacity, 'given', s.given, 'amount', s.amount,
      'currency', s.currency, 'freeUntilHours', s.free_until_hours, 'lateFeePercent', s.late_fee_percent,
      'requiresApproval', s.requires_approval, 'decideWithinHours', s.decide_within_hours, 'questions', s.questions),
    'rules', c.rules,
    'version', (select string_agg(heads.version::text, '.' order by heads.type, heads.id) from (
                select h.type, h.id, h.version from aggregate_head h
                where h.tenant_id = p.tenant_id and ((h.type in ('scheduling.calendar', 'business.provider') and h.id = p.id)
                   or (h.type = 'business.service' and h.id = s.id))
                union all
                select h.type, h.id, h.version from places_named(c.rules) as named(place)
                join aggregate_head h on h.tenant_id = p.tenant_id and h.type = 'location.venue'
                  and h.id = case when named.place <> 'online' then named.place::uuid end) heads),
    'venues', coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name, 'city', v.city, 'timeZone', v.time_zone) order by v.plain_name, v.id)
              from venue v
              where v.tenant_id = p.tenant_id and v.id::text in (
                select places_named(c.rules)
                union all select t.place from slot t
                where t.tenant_id = p.tenant_id and t.provider_id = p.id and t.service_id = s.id and t.status <> 'deleted'
                  and t.starts_at < to_at and t.starts_at > from_at - interval '8 days' and t.place is not null)), '[]'),
    'busy', coalesce((select jsonb_agg(b.fact order by b.at)
              from (select jsonb_build_object('id', o.id, 'kind', o.kind, 'refId', o.ref_id, 'startsAt', ms(o.starts_at), 'endsAt', ms(o.ends_at),
                      'from', ms(o.busy_from), 'to', ms(o.busy_to), 'expiresAt', ms(o.expires_at)) as fact, o.busy_from as at
                    from occupancy o
                    where o.tenant_id = p.tenant_id and o.provider_id = p.id and o.busy_to > from_at and o.busy_from < to_at
                    union all
                    select jsonb_build_object('id', e.outside_id, 'kind', 'outside', 'refId', e.outside_id, 'startsAt', ms(e.starts_at),
                      'endsAt', ms(e.ends_at), 'from', ms(e.starts_at), 'to', ms(e.ends_at), 'expiresAt', null), e.starts_at
                    from outside_busy e
                    where e.tenant_id = p.tenant_id and e.provider_id = p.id and e.ends_at > from_at and e.starts_at < to_at) b), '[]'),
    'slots', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'serviceId', t.service_id, 'startsAt', ms(t.starts_at), 'endsAt', ms(t.ends_at),
                        'capacity', t.capacity, 'taken', t.taken, 'open', t.status = 'open', 'origin', t.origin, 'place', t.place,
                        'holds', coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'seats', h.seats, 'expiresAt', ms(h.expires_at)))
                                  from hold h where h.tenant_id = t.tenant_id and h.slot_id = t.id and h.status = 'active'), '[]'))
                        order by t.starts_at)
              from slot t
              where t.tenant_id = p.tenant_id and t.provider_id = p.id and t.status <> 'deleted'
                and t.starts_at < to_at and t.starts_at > from_at - interval '8 days' and t.ends_at > from_at), '[]'))
  from provider p
  join provider_service ps on ps.tenant_id = p.tenant_id and ps.provider_id = p.id
  join service s on s.tenant_id = p.tenant_id and s.id = ps.service_id
  join calendar c on c.tenant_id = p.tenant_id and c.provider_id = p.id
  where p.id = wanted_provider and s.id = wanted_service;
end;
--> statement-breakpoint

-- Where a provider is to be found from now on: what their hours name, what is written ahead, and `online` where a service is.
create function places_of_provider(wanted_tenant uuid, wanted_provider uuid) returns setof text
language sql stable set search_path = public, pg_temp
begin atomic
  select places_named(c.rules) from calendar c where c.tenant_id = wanted_tenant and c.provider_id = wanted_provider
  union
  select t.place from slot t
  where t.tenant_id = wanted_tenant and t.provider_id = wanted_provider and t.status = 'open' and t.starts_at > now() and t.place is not null
  union
  select 'online' from provider_service ps
  join service s on s.tenant_id = ps.tenant_id and s.id = ps.service_id
  where ps.tenant_id = wanted_tenant and ps.provider_id = wanted_provider and s.status = 'active' and s.given = 'online';
end;
--> statement-breakpoint

-- What anybody may know of where published providers are.
create function places_of(providers uuid[]) returns table (provider_id uuid, id text, name text, city text)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, place.id, coalesce(v.name, ''), coalesce(v.city, '')
  from provider p
  cross join lateral places_of_provider(p.tenant_id, p.id) as place(id)
  left join venue v on v.tenant_id = p.tenant_id and v.id::text = place.id
  where p.id = any(providers) and p.published and p.status = 'active' and (place.id = 'online' or v.status = 'active')
  order by p.id, place.id = 'online', v.plain_name, v.id;
end;
--> statement-breakpoint

-- Who can be found at a place: `online`, a venue by its id, or by how its name or its city begins (as a pattern).
create function providers_at(wanted text, beginning text) returns setof uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id from venue v
  join provider p on p.tenant_id = v.tenant_id and p.published and p.status = 'active'
  where v.status = 'active' and (v.plain_city like beginning or v.plain_name like beginning or v.id::text = wanted)
    and v.id::text in (select places_of_provider(p.tenant_id, p.id))
  union
  select p.id from provider p
  where wanted = 'online' and p.published and p.status = 'active' and 'online' in (select places_of_provider(p.tenant_id, p.id));
end;
--> statement-breakpoint
revoke execute on function places_of, providers_at from public;
--> statement-breakpoint
grant execute on function places_of, providers_at to slotwise_app;
