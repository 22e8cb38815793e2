CREATE TABLE "kept_text" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"recipient_id" uuid NOT NULL,
	"text" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "kept_text_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "preference" (
	"tenant_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"choices" jsonb NOT NULL,
	CONSTRAINT "preference_tenant_id_subject_id_pk" PRIMARY KEY("tenant_id","subject_id")
);
--> statement-breakpoint
CREATE INDEX "kept_text_by_time" ON "kept_text" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "message_by_recipient" ON "message" USING btree ("recipient_id","created_at");--> statement-breakpoint

do $$
declare t text;
begin
  foreach t in array array['kept_text', 'preference'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to %I using (true) with check (true)', t, current_user);
    execute format('create policy tenant on %I to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update, delete on %I to slotwise_app', t);
  end loop;
  create policy relay on kept_text for select to slotwise_relay using (true);
end $$;
--> statement-breakpoint
grant select on kept_text to slotwise_relay;
--> statement-breakpoint
-- What is in somebody's own inbox they read wherever it was written.
create policy person on message for select to slotwise_app
  using (at_no_business() and channel = 'inbox' and recipient_id = current_person());
