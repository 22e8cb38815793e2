CREATE TABLE "business_logo" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"image" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "business" ADD COLUMN "logo" text;--> statement-breakpoint

do $$
begin
  alter table business_logo enable row level security;
  alter table business_logo force row level security;
  execute format('create policy owner on business_logo to %I using (true) with check (true)', current_user);
  create policy tenant on business_logo to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
end $$;
--> statement-breakpoint
grant select, insert, delete on business_logo to slotwise_app;
