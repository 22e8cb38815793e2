CREATE TABLE "projection_state" (
	"projection" text NOT NULL,
	"generation" integer NOT NULL,
	"tenant_id" uuid NOT NULL,
	"type" text NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"base" integer DEFAULT 0 NOT NULL,
	"state" jsonb,
	CONSTRAINT "projection_state_projection_generation_tenant_id_type_id_pk" PRIMARY KEY("projection","generation","tenant_id","type","id")
);
--> statement-breakpoint
-- No release has written a listing yet, so nothing of it is converted.
DROP INDEX "listing_by_name";--> statement-breakpoint
ALTER TABLE "listing" DROP COLUMN "visible";--> statement-breakpoint
ALTER TABLE "listing" DROP COLUMN "words";--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "sort_name" text NOT NULL;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "words" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "listing" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('simple', words[1]), 'A')
      || setweight(to_tsvector('simple', words[2]), 'B') || setweight(to_tsvector('simple', words[3]), 'C')
      || setweight(to_tsvector('simple', words[4]), 'D')) STORED;--> statement-breakpoint
CREATE INDEX "listing_by_words" ON "listing" USING gin ("search");--> statement-breakpoint
CREATE INDEX "listing_by_service" ON "listing" USING gin ("services" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "listing_by_name" ON "listing" USING btree ("generation","sort_name","provider_id");--> statement-breakpoint

do $$
begin
  alter table projection_state enable row level security;
  alter table projection_state force row level security;
  execute format('create policy owner on projection_state to %I using (true) with check (true)', current_user);
  create policy relay on projection_state to slotwise_relay using (true) with check (true);
end $$;
--> statement-breakpoint
grant select, insert, update, delete on projection_state to slotwise_relay;
--> statement-breakpoint

-- Holds that ran out and that no timer ended, oldest first: ids only, for the sweep behind the timers.
create index hold_by_expiry on hold (expires_at) where status = 'active';
--> statement-breakpoint
create function holds_run_out(before timestamptz, most int) returns table (id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select h.id from hold h where h.status = 'active' and h.expires_at < before order by h.expires_at limit most;
end;
--> statement-breakpoint
revoke execute on function holds_run_out from public;
--> statement-breakpoint
grant execute on function holds_run_out to slotwise_relay;
