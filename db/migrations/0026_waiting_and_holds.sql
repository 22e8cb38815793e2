ALTER TABLE "waitlist" ADD COLUMN "over_at" timestamp with time zone;--> statement-breakpoint
update waitlist set over_at = case wish->>'kind'
  when 'time' then (wish->>'startTime')::timestamptz
  else ((wish->>'untilDate')::date + 2)::timestamp at time zone 'UTC' end;
--> statement-breakpoint
ALTER TABLE "waitlist" ALTER COLUMN "over_at" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "waitlist_by_end" ON "waitlist" USING btree ("over_at") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "hold_by_time" ON "hold" USING btree ("tenant_id","provider_id","starts_at") WHERE status <> 'used';--> statement-breakpoint

-- Those who wait for what can no longer be, the longest over first: ids only, for the sweep that takes them off the list.
create function wishes_over(at timestamptz, most int) returns table (id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select w.id from waitlist w where w.status = 'waiting' and w.over_at <= at order by w.over_at limit most;
end;
--> statement-breakpoint
-- Whom anybody waits for, in the order of their ids and from one of them on: for the sweep that looks whether time opened by itself.
create function waited_for(at timestamptz, after uuid, most int) returns table (tenant_id uuid, provider_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct w.tenant_id, p.id
  from waitlist w cross join unnest(w.provider_ids) as p(id)
  where w.status = 'waiting' and w.over_at > at and p.id > after
  order by p.id limit most;
end;
--> statement-breakpoint
revoke execute on function wishes_over from public;
--> statement-breakpoint
revoke execute on function waited_for from public;
--> statement-breakpoint
grant execute on function wishes_over to slotwise_relay;
--> statement-breakpoint
grant execute on function waited_for to slotwise_relay;
