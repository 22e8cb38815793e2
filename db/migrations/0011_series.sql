CREATE TABLE "series" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"rrule" text NOT NULL,
	"start_date" date NOT NULL,
	"time" text NOT NULL,
	"time_zone" text NOT NULL,
	"ex_dates" jsonb NOT NULL,
	"duration_minutes" integer NOT NULL,
	"capacity" integer NOT NULL,
	"status" text NOT NULL,
	"written_through" date NOT NULL,
	"next_on" date,
	"correlation_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "series_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "series_is_possible" CHECK ("series"."duration_minutes" > 0 and "series"."capacity" >= 1)
);
--> statement-breakpoint
ALTER TABLE "slot" ADD COLUMN "series_id" uuid;--> statement-breakpoint
ALTER TABLE "slot" ADD COLUMN "occurs_on" date;--> statement-breakpoint
CREATE INDEX "series_to_write" ON "series" USING btree ("next_on") WHERE status = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "slot_once_a_day_of_its_series" ON "slot" USING btree ("tenant_id","series_id","occurs_on") WHERE status <> 'deleted';--> statement-breakpoint

do $$
begin
  alter table series enable row level security;
  alter table series force row level security;
  execute format('create policy owner on series to %I using (true) with check (true)', current_user);
  create policy tenant on series to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
end $$;
--> statement-breakpoint
grant select, insert, update, delete on series to slotwise_app;
--> statement-breakpoint

-- Series with a day that has come within reach, the longest due first: ids only, for the sweep that writes them out.
create function series_to_extend(at timestamptz, most int) returns table (tenant_id uuid, id uuid, correlation_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.tenant_id, r.id, r.correlation_id
  from series r
  join service s on s.tenant_id = r.tenant_id and s.id = r.service_id and s.status = 'active'
  join provider p on p.tenant_id = r.tenant_id and p.id = r.provider_id and p.status = 'active'
  where r.status = 'active' and r.next_on <= (at at time zone 'UTC')::date + greatest(90, s.window_days)
  order by r.next_on limit most;
end;
--> statement-breakpoint
revoke execute on function series_to_extend from public;
--> statement-breakpoint
grant execute on function series_to_extend to slotwise_relay;
