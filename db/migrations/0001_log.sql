-- What drizzle-kit cannot say: the partitioned log, exclusions, policies, functions and grants.
-- Roles slotwise_app, slotwise_relay and slotwise_auth exist before migrations run (db/roles.ts).

create function current_tenant() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.tenant', true), '')::uuid;
--> statement-breakpoint
create function current_person() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.user', true), '')::uuid;
--> statement-breakpoint

-- The log. Position is (epoch, xid, pos); an epoch begins when the cluster's identity changes, because transaction
-- numbers mean nothing in another cluster.
create sequence event_pos;
--> statement-breakpoint
create table log_epoch (
  epoch int primary key,
  system_identifier bigint not null,
  began_at timestamptz not null default clock_timestamp()
);
--> statement-breakpoint
create table aggregate_head (
  tenant_id uuid not null,
  type text not null,
  id uuid not null,
  version int not null check (version > 0),
  primary key (tenant_id, type, id)
);
--> statement-breakpoint
create table event_log (
  epoch int not null default 1,
  xid xid8 not null default pg_current_xact_id(),
  pos bigint not null default nextval('event_pos'),
  retention text not null check (retention in ('y1', 'y3', 'y7')),
  recorded_at timestamptz not null default clock_timestamp(),
  id uuid not null,
  type text not null,
  tenant_id uuid not null,
  aggregate_type text not null,
  aggregate_id uuid not null,
  version int not null,
  correlation_id uuid not null,
  causation_id uuid,
  actor_id text not null,
  traceparent text,
  metadata jsonb not null default '{}',
  topics text[] not null default '{}',
  data jsonb not null,
  primary key (retention, recorded_at, pos)
) partition by list (retention);
--> statement-breakpoint
create index event_log_order on event_log (epoch, xid, pos);
--> statement-breakpoint
create index event_log_by_id on event_log (id);
--> statement-breakpoint
create unique index event_log_once on event_log (tenant_id, aggregate_type, aggregate_id, version, retention, recorded_at);
--> statement-breakpoint
create index event_log_by_correlation on event_log (correlation_id);
--> statement-breakpoint
create table event_log_y1 partition of event_log for values in ('y1') partition by range (recorded_at);
--> statement-breakpoint
create table event_log_y3 partition of event_log for values in ('y3') partition by range (recorded_at);
--> statement-breakpoint
create table event_log_y7 partition of event_log for values in ('y7') partition by range (recorded_at);
--> statement-breakpoint
create table event_log_y1_default partition of event_log_y1 default;
--> statement-breakpoint
create table event_log_y3_default partition of event_log_y3 default;
--> statement-breakpoint
create table event_log_y7_default partition of event_log_y7 default;
--> statement-breakpoint

-- Partitions from the current period to three ahead: y1 by month, y3 by quarter, y7 by year. UTC throughout.
create function log_make_partitions(at timestamptz default now()) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  class text; step interval; lower timestamptz; upper timestamptz; leaf text; made int := 0;
begin
  perform set_config('timezone', 'UTC', true);
  for class, step in values ('y1', interval '1 month'), ('y3', interval '3 months'), ('y7', interval '1 year') loop
    lower := date_trunc(case class when 'y1' then 'month' when 'y3' then 'quarter' else 'year' end, at at time zone 'UTC') at time zone 'UTC';
    for i in 0..3 loop
      upper := (lower at time zone 'UTC' + step) at time zone 'UTC';
      leaf := format('event_log_%s_%s', class, to_char(lower at time zone 'UTC', 'YYYYMM'));
      if to_regclass(leaf) is null then
        execute format('create table %I partition of %I for values from (%L) to (%L)', leaf, 'event_log_' || class, lower, upper);
        execute format('alter table %I enable row level security', leaf);
        execute format('alter table %I force row level security', leaf);
        made := made + 1;
      end if;
      lower := upper;
    end loop;
  end loop;
  return made;
end $$;
--> statement-breakpoint

-- Leaves whose whole period is older than their class keeps, oldest first.
create function log_expired_partitions(at timestamptz default now())
returns table (leaf text, upper_bound timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.relname::text, b.upper_bound
  from pg_inherits i
  join pg_class c on c.oid = i.inhrelid
  join pg_class p on p.oid = i.inhparent
  cross join lateral (
    select (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz as upper_bound
  ) b
  where p.relname in ('event_log_y1', 'event_log_y3', 'event_log_y7')
    and b.upper_bound <= at - (case p.relname when 'event_log_y1' then interval '1 year' when 'event_log_y3' then interval '3 years' else interval '7 years' end)
  order by b.upper_bound
$$;
--> statement-breakpoint
create function log_drop_partition(leaf text, at timestamptz default now()) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from log_expired_partitions(at) e where e.leaf = log_drop_partition.leaf) then
    raise exception 'partition % is still within its retention', leaf;
  end if;
  execute format('drop table %I', leaf);
end $$;
--> statement-breakpoint

-- Append: bumps every head it names, each from the version expected (null: whatever it is, for those under a lock),
-- and writes the events. A head that moved raises SW409 and nothing is written.
create function append_events(tenant uuid, heads jsonb, events jsonb) returns int[]
language plpgsql set search_path = public, pg_temp as $$
declare
  h record; v int; versions int[] := '{}';
begin
  for h in select * from jsonb_to_recordset(heads) as x(type text, id uuid, expected int, n int) loop
    if h.expected is null then
      insert into aggregate_head as a values (tenant, h.type, h.id, h.n)
        on conflict (tenant_id, type, id) do update set version = a.version + excluded.version
        returning a.version into v;
    elsif h.expected = 0 then
      insert into aggregate_head as a values (tenant, h.type, h.id, h.n)
        on conflict do nothing returning a.version into v;
    else
      update aggregate_head a set version = a.version + h.n
        where a.tenant_id = tenant and a.type = h.type and a.id = h.id and a.version = h.expected
        returning a.version into v;
    end if;
    if not found then
      raise exception 'the head of % % moved', h.type, h.id using errcode = 'SW409';
    end if;
    versions := versions || v;
  end loop;
  insert into event_log (retention, id, type, tenant_id, aggregate_type, aggregate_id, version,
                         correlation_id, causation_id, actor_id, traceparent, metadata, topics, data)
    select e.retention, e.id, e.type, tenant, e.aggregate_type, e.aggregate_id, versions[e.head] - e.back,
           e.correlation_id, e.causation_id, e.actor_id, e.traceparent, e.metadata, e.topics, e.data
    from jsonb_to_recordset(events) as e(ord int, head int, back int, retention text, id uuid, type text, aggregate_type text,
           aggregate_id uuid, correlation_id uuid, causation_id uuid, actor_id text, traceparent text, metadata jsonb,
           topics text[], data jsonb)
    order by e.ord;
  return versions;
end $$;
--> statement-breakpoint

-- Nobody is in two places: the last word, whatever the code above it does.
create extension if not exists btree_gist;
--> statement-breakpoint
alter table occupancy add constraint occupancy_never_overlaps
  exclude using gist (tenant_id with =, provider_id with =, busy with &&);
--> statement-breakpoint

-- Which business a public id belongs to, and nothing more: visitors arrive with ids, not with a tenant.
create function tenant_of(kind text, id uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.tenant_id from provider p where kind = 'provider' and p.id = tenant_of.id
  union all select a.tenant_id from appointment a where kind = 'appointment' and a.id = tenant_of.id
  union all select h.tenant_id from hold h where kind = 'hold' and h.id = tenant_of.id
  union all select b.tenant_id from business b where kind = 'business' and b.tenant_id = tenant_of.id;
end;
--> statement-breakpoint
create function offered_services(wanted_provider uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(array_agg(s.id order by s.id), '{}')
  from provider p
  join provider_service ps on ps.tenant_id = p.tenant_id and ps.provider_id = p.id
  join service s on s.tenant_id = p.tenant_id and s.id = ps.service_id
  where p.id = wanted_provider and p.published and p.status = 'active' and s.status = 'active';
end;
--> statement-breakpoint
create unique index provider_by_id on provider (id);
--> statement-breakpoint
create unique index appointment_by_id on appointment (id);
--> statement-breakpoint
create unique index hold_by_id on hold (id);
--> statement-breakpoint
create function tenant_by_slug(wanted text) returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select b.tenant_id from business b where b.slug = wanted;
end;
--> statement-breakpoint

-- Everything that decides which times of a provider can be had for a service, as one answer: what visitors are shown and
-- what verbs decide by come from the same place. It reads no personal data, so visitors may ask without a tenant.
create function ms(at timestamptz) returns float8 language sql immutable parallel safe
  return floor(extract(epoch from at) * 1000)::float8;
--> statement-breakpoint
create function calendar_facts(wanted_provider uuid, wanted_service uuid, from_at timestamptz, to_at timestamptz) returns jsonb
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select jsonb_build_object(
    'tenantId', p.tenant_id,
    'provider', jsonb_build_object('id', p.id, 'name', p.name, 'status', p.status, 'published', p.published, 'timeZone', p.time_zone),
    'service', jsonb_build_object('id', s.id, 'name', s.name, 'status', s.status, 'durationMinutes', s.duration_minutes,
      'stepMinutes', s.step_minutes, 'bufferBeforeMinutes', s.buffer_before_minutes, 'bufferAfterMinutes', s.buffer_after_minutes,
      'noticeMinutes', s.notice_minutes, 'windowDays', s.window_days, 'capacity', s.capacity, 'amount', s.amount,
      'currency', s.currency, 'freeUntilHours', s.free_until_hours, 'lateFeePercent', s.late_fee_percent),
    'rules', c.rules,
    'version', (select string_agg(h.version::text, '.' order by h.type) from aggregate_head h
                where h.tenant_id = p.tenant_id and ((h.type in ('scheduling.calendar', 'business.provider') and h.id = p.id)
                   or (h.type = 'business.service' and h.id = s.id))),
    'busy', coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'kind', o.kind, 'refId', o.ref_id, 'startsAt', ms(o.starts_at), 'endsAt', ms(o.ends_at),
                        'from', ms(o.busy_from), 'to', ms(o.busy_to), 'expiresAt', ms(o.expires_at)) order by o.busy_from)
              from occupancy o
              where o.tenant_id = p.tenant_id and o.provider_id = p.id and o.busy_to > from_at and o.busy_from < to_at), '[]'),
    'slots', coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'serviceId', t.service_id, 'startsAt', ms(t.starts_at), 'endsAt', ms(t.ends_at),
                        'capacity', t.capacity, 'taken', t.taken, 'open', t.status = 'open', 'origin', t.origin,
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

-- How many requests a key made in the current window. Unlogged: empty after a crash, so it never holds anything else.
create unlogged table rate_count (
  key text not null,
  window_start timestamptz not null,
  count int not null,
  primary key (key, window_start)
);
--> statement-breakpoint

-- Row-level security: the app sees one tenant, the relay reads the log, the owner migrates. Forced, so that a mistake
-- in a role shows nothing rather than everything.
do $$
declare t text; owner_role text := current_user;
begin
  foreach t in array array['business','service','provider','provider_service','contact','membership','calendar','occupancy',
    'slot','hold','appointment','message','idempotency_key','subject_key','snapshot','saga','handled','handling_failure','aggregate_head',
    'event_log','event_log_y1','event_log_y3','event_log_y7','event_log_y1_default','event_log_y3_default','event_log_y7_default'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    if t not like 'event_log\_%' then
      execute format('create policy tenant on %I to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
      execute format('create policy owner on %I to %I using (true) with check (true)', t, owner_role);
    end if;
  end loop;
  foreach t in array array['event_log','aggregate_head','handled','handling_failure','saga','snapshot','subject_key','idempotency_key'] loop
    execute format('create policy relay on %I to slotwise_relay using (true) with check (true)', t);
  end loop;
  -- better-auth's role appends the facts of identity, which belong to the platform's tenant.
  foreach t in array array['event_log','aggregate_head','subject_key'] loop
    execute format('create policy platform on %I to slotwise_auth using (tenant_id = ''00000000-0000-7000-8000-000000000000'') with check (tenant_id = ''00000000-0000-7000-8000-000000000000'')', t);
  end loop;
end $$;
--> statement-breakpoint
-- `/me`: a person sees their own memberships, contacts and appointments in every business; but not while at work in one,
-- where what they are elsewhere would mix with its rows.
create function at_no_business() returns boolean language sql stable parallel safe
  return coalesce(current_tenant(), '00000000-0000-7000-8000-000000000000') = '00000000-0000-7000-8000-000000000000';
--> statement-breakpoint
create policy person on membership for select to slotwise_app using (at_no_business() and user_id = current_person());
--> statement-breakpoint
create policy person on contact for select to slotwise_app using (at_no_business() and user_id = current_person());
--> statement-breakpoint
create policy person on appointment for select to slotwise_app
  using (at_no_business() and contact_id in (select c.id from contact c where c.user_id = current_person()));
--> statement-breakpoint

grant usage on schema public to slotwise_app, slotwise_relay, slotwise_auth;
--> statement-breakpoint
grant usage on schema auth to slotwise_auth;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema auth to slotwise_auth;
--> statement-breakpoint
grant select, insert, update, delete on business, service, provider, provider_service, contact, membership, calendar, occupancy,
  slot, hold, appointment, message, idempotency_key, subject_key, snapshot, saga, rate_count to slotwise_app;
--> statement-breakpoint
grant select, insert on event_log, handled, handling_failure to slotwise_app;
--> statement-breakpoint
grant select, insert, update on aggregate_head to slotwise_app;
--> statement-breakpoint
grant select on projection, listing, log_epoch, log_cursor to slotwise_app;
--> statement-breakpoint
grant select, insert on event_log to slotwise_relay, slotwise_auth;
--> statement-breakpoint
grant select, insert, update on aggregate_head to slotwise_relay, slotwise_auth;
--> statement-breakpoint
grant select, insert, update on subject_key to slotwise_auth;
--> statement-breakpoint
grant select, insert, update, delete on handled, handling_failure, log_cursor, projection, listing, saga, snapshot, subject_key,
  idempotency_key, rate_count to slotwise_relay;
--> statement-breakpoint
grant select on log_epoch to slotwise_relay, slotwise_auth;
--> statement-breakpoint
grant select on schema_migration to slotwise_app, slotwise_relay;
--> statement-breakpoint
grant usage on sequence event_pos to slotwise_app, slotwise_relay, slotwise_auth;
--> statement-breakpoint
revoke execute on function log_make_partitions, log_expired_partitions, log_drop_partition from public;
--> statement-breakpoint
grant execute on function log_make_partitions, log_expired_partitions, log_drop_partition to slotwise_relay;
--> statement-breakpoint
select log_make_partitions();
