CREATE TABLE "waitlist" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"seats" integer NOT NULL,
	"wish" jsonb NOT NULL,
	"provider_ids" uuid[] NOT NULL,
	"status" text NOT NULL,
	"offer" jsonb,
	"joined_at" timestamp with time zone NOT NULL,
	CONSTRAINT "waitlist_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_by_id" ON "waitlist" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_one_offer_a_hold" ON "waitlist" USING btree ("tenant_id",(offer->>'holdId'));--> statement-breakpoint
CREATE INDEX "waitlist_in_order" ON "waitlist" USING btree ("tenant_id","joined_at") WHERE status in ('waiting', 'offered');--> statement-breakpoint
CREATE INDEX "waitlist_by_contact" ON "waitlist" USING btree ("tenant_id","contact_id");--> statement-breakpoint

do $$
begin
  alter table waitlist enable row level security;
  alter table waitlist force row level security;
  execute format('create policy owner on waitlist to %I using (true) with check (true)', current_user);
  create policy tenant on waitlist to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
end $$;
--> statement-breakpoint
grant select, insert, update, delete on waitlist to slotwise_app;
--> statement-breakpoint
create unique index service_by_id on service (id);
--> statement-breakpoint
create or replace function tenant_of(kind text, id uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.tenant_id from provider p where kind = 'provider' and p.id = tenant_of.id
  union all select a.tenant_id from appointment a where kind = 'appointment' and a.id = tenant_of.id
  union all select h.tenant_id from hold h where kind = 'hold' and h.id = tenant_of.id
  union all select b.tenant_id from business b where kind = 'business' and b.tenant_id = tenant_of.id
  union all select i.tenant_id from invitation i where kind = 'invitation' and i.id = tenant_of.id
  union all select s.tenant_id from service s where kind = 'service' and s.id = tenant_of.id
  union all select w.tenant_id from waitlist w where kind = 'waitlist' and w.id = tenant_of.id;
end;
