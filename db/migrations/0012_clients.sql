CREATE TABLE "contact_list" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"file" "bytea" NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contact_list_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "contact_note" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"author_id" uuid,
	"text" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contact_note_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
CREATE INDEX "contact_note_by_contact" ON "contact_note" USING btree ("tenant_id","contact_id","created_at");--> statement-breakpoint
CREATE INDEX "contact_by_name" ON "contact" USING btree ("tenant_id","name","id");--> statement-breakpoint
CREATE INDEX "contact_merged" ON "contact" USING btree ("tenant_id","merged_into") WHERE merged_into is not null;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_is_another" CHECK ("contact"."merged_into" <> "contact"."id");--> statement-breakpoint

do $$
declare t text;
begin
  foreach t in array array['contact_note', 'contact_list'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I to %I using (true) with check (true)', t, current_user);
    execute format('create policy tenant on %I to slotwise_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update, delete on %I to slotwise_app', t);
  end loop;
end $$;
