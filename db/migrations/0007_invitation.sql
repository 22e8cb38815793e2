CREATE TABLE "invitation" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text,
	"role" text NOT NULL,
	"status" text NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "invitation_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_by_id" ON "invitation" USING btree ("id");--> statement-breakpoint

do $$
begin
  alter table invitation enable row level security;
  alter table invitation force row level security;
  execute format('create policy owner on invitation to %I using (true) with check (true)', current_user);
  create policy tenant on invitation to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
end $$;
--> statement-breakpoint
grant select, insert, update, delete on invitation to slotwise_app;
--> statement-breakpoint
create or replace function tenant_of(kind text, id uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.tenant_id from provider p where kind = 'provider' and p.id = tenant_of.id
  union all select a.tenant_id from appointment a where kind = 'appointment' and a.id = tenant_of.id
  union all select h.tenant_id from hold h where kind = 'hold' and h.id = tenant_of.id
  union all select b.tenant_id from business b where kind = 'business' and b.tenant_id = tenant_of.id
  union all select i.tenant_id from invitation i where kind = 'invitation' and i.id = tenant_of.id;
end;
