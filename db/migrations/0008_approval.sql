ALTER TABLE "appointment" ADD COLUMN "requires_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "appointment" ADD COLUMN "decide_by" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "requires_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "decide_within_hours" integer DEFAULT 24 NOT NULL;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "questions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "appointment_undecided" ON "appointment" USING btree ("tenant_id","decide_by") WHERE status = 'pending';--> statement-breakpoint

-- What a booking has to go through comes with the facts that decide it.
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
