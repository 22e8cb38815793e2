-- Who booked or held what a provider no longer gives can still cancel it, and have its time given back: the facts are told
-- all the same, and say whether it is offered.
create or replace function calendar_facts(wanted_provider uuid, wanted_service uuid, from_at timestamptz, to_at timestamptz) returns json
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select json_build_object(
    'tenantId', p.tenant_id,
    'provider', json_build_object('id', p.id, 'name', p.name, 'status', p.status, 'published', p.published, 'timeZone', p.time_zone),
    'service', json_build_object('id', s.id, 'name', s.name, 'status', s.status, 'durationMinutes', s.duration_minutes,
      'stepMinutes', s.step_minutes, 'bufferBeforeMinutes', s.buffer_before_minutes, 'bufferAfterMinutes', s.buffer_after_minutes,
      'noticeMinutes', s.notice_minutes, 'windowDays', s.window_days, 'capacity', s.capacity, 'given', s.given, 'amount', s.amount,
      'currency', s.currency, 'freeUntilHours', s.free_until_hours, 'lateFeePercent', s.late_fee_percent,
      'requiresApproval', s.requires_approval, 'decideWithinHours', s.decide_within_hours, 'questions', s.questions),
    'offered', ps.service_id is not null,
    'rules', c.rules,
    'version', (select string_agg(heads.version::text, '.' order by heads.type, heads.id) from (
                select h.type, h.id, h.version from aggregate_head h
                where h.tenant_id = p.tenant_id and ((h.type in ('scheduling.calendar', 'business.provider') and h.id = p.id)
                   or (h.type = 'business.service' and h.id = s.id))
                union all
                select h.type, h.id, h.version from places_named(c.rules) as named(place)
                join aggregate_head h on h.tenant_id = p.tenant_id and h.type = 'location.venue'
                  and h.id = case when named.place <> 'online' then named.place::uuid end) heads),
    'venues', coalesce((select json_agg(json_build_object('id', v.id, 'name', v.name, 'city', v.city, 'timeZone', v.time_zone) order by v.plain_name, v.id)
              from venue v
              where v.tenant_id = p.tenant_id and v.id::text in (
                select places_named(c.rules)
                union all select t.place from slot t
                where t.tenant_id = p.tenant_id and t.provider_id = p.id and t.service_id = s.id and t.status <> 'deleted'
                  and t.starts_at < to_at and t.starts_at > from_at - interval '8 days' and t.place is not null)), '[]'),
    -- Each as a row of values: it is what there may be hundreds of.
    'busy', coalesce((select json_agg(b.fact order by b.at)
              from (select json_build_array(o.id, o.kind, o.ref_id, ms(o.starts_at), ms(o.ends_at), ms(o.busy_from), ms(o.busy_to),
                      ms(o.expires_at)) as fact, o.busy_from as at
                    from occupancy o
                    where o.tenant_id = p.tenant_id and o.provider_id = p.id and o.busy && tstzrange(from_at, to_at)
                    union all
                    select json_build_array(e.outside_id, 'outside', e.outside_id, ms(e.starts_at), ms(e.ends_at), ms(e.starts_at),
                      ms(e.ends_at), null), e.starts_at
                    from outside_busy e
                    where e.tenant_id = p.tenant_id and e.provider_id = p.id and e.ends_at > from_at and e.starts_at < to_at) b), '[]'),
    'slots', coalesce((select json_agg(json_build_object('id', t.id, 'serviceId', t.service_id, 'startsAt', ms(t.starts_at), 'endsAt', ms(t.ends_at),
                        'capacity', t.capacity, 'taken', t.taken, 'open', t.status = 'open', 'origin', t.origin, 'place', t.place,
                        'holds', coalesce((select json_agg(json_build_object('id', h.id, 'seats', h.seats, 'expiresAt', ms(h.expires_at)))
                                  from hold h where h.tenant_id = t.tenant_id and h.slot_id = t.id and h.status = 'active'), '[]'))
                        order by t.starts_at)
              from slot t
              where t.tenant_id = p.tenant_id and t.provider_id = p.id and t.status <> 'deleted'
                and t.starts_at < to_at and t.starts_at > from_at - interval '8 days' and t.ends_at > from_at), '[]'))
  from provider p
  join service s on s.tenant_id = p.tenant_id
  left join provider_service ps on ps.tenant_id = p.tenant_id and ps.provider_id = p.id and ps.service_id = s.id
  join calendar c on c.tenant_id = p.tenant_id and c.provider_id = p.id
  where p.id = wanted_provider and s.id = wanted_service;
end;
--> statement-breakpoint
-- What is no longer given is not written further ahead.
create or replace function series_to_extend(at timestamptz, most int) returns table (tenant_id uuid, id uuid, correlation_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.tenant_id, r.id, r.correlation_id
  from series r
  join service s on s.tenant_id = r.tenant_id and s.id = r.service_id and s.status = 'active'
  join provider p on p.tenant_id = r.tenant_id and p.id = r.provider_id and p.status = 'active'
  join provider_service ps on ps.tenant_id = p.tenant_id and ps.provider_id = p.id and ps.service_id = s.id
  where r.status = 'active' and r.next_on <= (at at time zone 'UTC')::date + greatest(90, s.window_days)
  order by r.next_on limit most;
end;
