CREATE TABLE "outside_busy" (
	"tenant_id" uuid NOT NULL,
	"outside_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "outside_busy_tenant_id_outside_id_starts_at_pk" PRIMARY KEY("tenant_id","outside_id","starts_at"),
	CONSTRAINT "outside_busy_is_ordered" CHECK ("outside_busy"."starts_at" <= "outside_busy"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "outside_calendar" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"label" text,
	"address" "bytea",
	"status" text NOT NULL,
	"validators" jsonb,
	"checked_at" timestamp with time zone,
	"current_at" timestamp with time zone,
	"due_at" timestamp with time zone NOT NULL,
	"failure" text,
	"failing_since" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"left_out" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "outside_calendar_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "outside_busy_by_time" ON "outside_busy" USING btree ("tenant_id","provider_id","ends_at","starts_at");--> statement-breakpoint
CREATE INDEX "outside_calendar_by_provider" ON "outside_calendar" USING btree ("tenant_id","provider_id");--> statement-breakpoint
CREATE INDEX "outside_calendar_due" ON "outside_calendar" USING btree ("due_at") WHERE status = 'connected';--> statement-breakpoint

do $$
declare t text;
begin
  foreach t in array array['outside_calendar', 'outside_busy'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to %I using (true) with check (true)', t, current_user);
    execute format('create policy tenant on %I to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update, delete on %I to slotwise_app', t);
  end loop;
end $$;
--> statement-breakpoint

-- Calendars elsewhere that are to be read again, the longest due first: ids only, for the sweep that asks for them.
create function outside_calendars_due(at timestamptz, most int) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.tenant_id, c.id
  from outside_calendar c
  join provider p on p.tenant_id = c.tenant_id and p.id = c.provider_id and p.status = 'active'
  where c.status = 'connected' and c.due_at <= at
  order by c.due_at limit most;
end;
--> statement-breakpoint
-- Providers who close on public holidays that are not written as far as that day.
create function holidays_to_write(through date, most int) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.tenant_id, c.provider_id
  from calendar c
  join provider p on p.tenant_id = c.tenant_id and p.id = c.provider_id and p.status = 'active'
  where (c.rules #>> '{holidays,through}') < holidays_to_write.through::text
  order by c.tenant_id, c.provider_id limit most;
end;
--> statement-breakpoint
revoke execute on function outside_calendars_due, holidays_to_write from public;
--> statement-breakpoint
grant execute on function outside_calendars_due, holidays_to_write to slotwise_relay;
--> statement-breakpoint

-- What calendars elsewhere say is busy like everything else, only that it may overlap.
create or replace function calendar_facts(wanted_provider uuid, wanted_service uuid, from_at timestamptz, to_at timestamptz) returns jsonb
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select jsonb_build_object(
    'tenantId', p.tenant_id,
    'provider', jsonb_build_object('id', p.id, 'name', p.name, 'status', p.status, 'published', p.published, 'timeZone', p.time_zone),
    'service', jsonb_build_object('id', s.id, 'name', s.name, 'status', s.status, 'durationMinutes', s.duration_minutes,
      'stepMinutes', s.step_minutes, 'bufferBeforeMinutes', s.buffer_before_minutes, 'bufferAfterMinutes', s.buffer_after_minutes,
      'noticeMinutes', s.notice_minutes, 'windowDays', s.window_days, 'capacity', s.capacity, 'amount', s.amount,
      'currency', s.currency, 'freeUntilHours', s.free_until_hours, 'lateFeePercent', s.late_fee_percent,
      'requiresApproval', s.requires_approval, 'decideWithinHours', s.decide_within_hours, 'questions', s.questions),
    'rules', c.rules,
    'version', (select string_agg(h.version::text, '.' order by h.type) from aggregate_head h
                where h.tenant_id = p.tenant_id and ((h.type in ('scheduling.calendar', 'business.provider') and h.id = p.id)
                   or (h.type = 'business.service' and h.id = s.id))),
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
