CREATE TABLE "auth"."passkey" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text,
	"public_key" text NOT NULL,
	"user_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"counter" integer NOT NULL,
	"device_type" text NOT NULL,
	"backed_up" boolean NOT NULL,
	"transports" text,
	"aaguid" text,
	"created_at" timestamp with time zone DEFAULT now(),
	CONSTRAINT "passkey_credential_id_unique" UNIQUE("credential_id")
);
--> statement-breakpoint
ALTER TABLE "auth"."passkey" ADD CONSTRAINT "passkey_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "auth"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passkey_by_user" ON "auth"."passkey" USING btree ("user_id");--> statement-breakpoint

grant select, insert, update, delete on auth.passkey to slotwise_auth;
--> statement-breakpoint
-- A link's secret, the fact that a mail was asked for and the mail itself are kept together or not at all.
create policy platform on message for insert to slotwise_auth with check (tenant_id = '00000000-0000-7000-8000-000000000000');
--> statement-breakpoint
grant insert on message to slotwise_auth;
