CREATE TABLE "message_template" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"template" text NOT NULL,
	"language" text NOT NULL,
	"subject" text,
	"words" text,
	CONSTRAINT "message_template_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "message_template_once" UNIQUE("tenant_id","template","language")
);
--> statement-breakpoint
ALTER TABLE "provider" ADD COLUMN "feed_id" uuid;--> statement-breakpoint
ALTER TABLE "service" ADD COLUMN "reminder_hours" integer[] DEFAULT '{24,2}' NOT NULL;--> statement-breakpoint

do $$
begin
  alter table message_template enable row level security;
  alter table message_template force row level security;
  execute format('create policy owner on message_template to %I using (true) with check (true)', current_user);
  create policy tenant on message_template to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
end $$;
--> statement-breakpoint
grant select, insert, update, delete on message_template to slotwise_app;
