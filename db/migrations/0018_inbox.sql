CREATE TABLE "inbox" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"read_to" timestamp with time zone,
	"opened" uuid[] NOT NULL,
	CONSTRAINT "inbox_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "own_feed" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"feed_id" uuid,
	CONSTRAINT "own_feed_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "own_feed_once" UNIQUE("feed_id")
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "by_id" uuid;--> statement-breakpoint

do $$
declare t text;
begin
  foreach t in array array['inbox', 'own_feed'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to %I using (true) with check (true)', t, current_user);
    execute format('create policy tenant on %I to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update, delete on %I to slotwise_app', t);
  end loop;
end $$;
--> statement-breakpoint
-- Notices to all who run a business reach each of them where they read their own: those since they run it.
create policy runs on message for select to slotwise_app
  using (at_no_business() and channel = 'inbox' and recipient_id is null and exists (
    select from membership m where m.tenant_id = message.tenant_id and m.user_id = current_person()
      and m.revoked_at is null and m.role in ('owner', 'admin') and m.granted_at <= message.created_at));
