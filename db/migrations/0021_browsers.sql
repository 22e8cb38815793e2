CREATE TABLE "browser" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"endpoint_hash" text,
	"sealed" "bytea",
	"active" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "browser_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "browser_once" UNIQUE("endpoint_hash")
);
--> statement-breakpoint
CREATE INDEX "browser_by_user" ON "browser" USING btree ("tenant_id","user_id") WHERE active;--> statement-breakpoint

do $$
begin
  alter table browser enable row level security;
  alter table browser force row level security;
  execute format('create policy owner on browser to %I using (true) with check (true)', current_user);
  create policy tenant on browser to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
end $$;
--> statement-breakpoint
grant select, insert, update, delete on browser to slotwise_app;
--> statement-breakpoint
-- What was pushed to somebody leads them to what it is about, like what is in their inbox.
drop policy person on message;
--> statement-breakpoint
create policy person on message for select to slotwise_app
  using (at_no_business() and channel in ('inbox', 'push') and recipient_id = current_person());
