CREATE TABLE "kept_mail" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"recipient_id" uuid NOT NULL,
	"mail" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "kept_mail_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "error" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "content" "bytea";--> statement-breakpoint
CREATE INDEX "kept_mail_by_time" ON "kept_mail" USING btree ("created_at");--> statement-breakpoint

do $$
begin
  alter table kept_mail enable row level security;
  alter table kept_mail force row level security;
  execute format('create policy owner on kept_mail to %I using (true) with check (true)', current_user);
  create policy tenant on kept_mail to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
  -- The page that shows them shows those of all businesses.
  create policy relay on kept_mail for select to slotwise_relay using (true);
end $$;
--> statement-breakpoint
grant select, insert, delete on kept_mail to slotwise_app;
--> statement-breakpoint
grant select on kept_mail to slotwise_relay;
