CREATE SCHEMA "auth";
--> statement-breakpoint
CREATE TABLE "auth"."account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "auth"."rate_limit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" integer NOT NULL,
	CONSTRAINT "rate_limit_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "auth"."session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "auth"."user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"language" text,
	"time_zone" text,
	"operator" boolean DEFAULT false NOT NULL,
	"erased_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "auth"."verification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "appointment" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"slot_id" uuid,
	"contact_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"time_zone" text NOT NULL,
	"seats" integer NOT NULL,
	"status" text NOT NULL,
	"terms" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "appointment_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "appointment_seats" CHECK ("appointment"."seats" >= 1 and "appointment"."starts_at" < "appointment"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "business" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text NOT NULL,
	"language" text NOT NULL,
	"accent" text,
	"owner_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "business_slug_unique" UNIQUE("slug"),
	CONSTRAINT "business_slug_is_a_label" CHECK ("business"."slug" ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$')
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid,
	"name" text,
	"email" text,
	"phone" text,
	"erased_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contact_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"revoked_at" timestamp with time zone,
	"granted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "membership_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "membership_once" UNIQUE NULLS NOT DISTINCT("tenant_id","user_id","role")
);
--> statement-breakpoint
CREATE TABLE "provider" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid,
	"name" text NOT NULL,
	"bio" text DEFAULT '' NOT NULL,
	"time_zone" text NOT NULL,
	"published" boolean DEFAULT true NOT NULL,
	"status" text NOT NULL,
	CONSTRAINT "provider_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "provider_service" (
	"tenant_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	CONSTRAINT "provider_service_tenant_id_provider_id_service_id_pk" PRIMARY KEY("tenant_id","provider_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "service" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"duration_minutes" integer NOT NULL,
	"step_minutes" integer NOT NULL,
	"buffer_before_minutes" integer DEFAULT 0 NOT NULL,
	"buffer_after_minutes" integer DEFAULT 0 NOT NULL,
	"notice_minutes" integer DEFAULT 0 NOT NULL,
	"window_days" integer DEFAULT 90 NOT NULL,
	"capacity" integer DEFAULT 1 NOT NULL,
	"amount" integer DEFAULT 0 NOT NULL,
	"currency" text NOT NULL,
	"free_until_hours" integer DEFAULT 0 NOT NULL,
	"late_fee_percent" integer DEFAULT 0 NOT NULL,
	"status" text NOT NULL,
	CONSTRAINT "service_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "service_amounts" CHECK ("service"."amount" >= 0 and "service"."capacity" >= 1 and "service"."duration_minutes" > 0)
);
--> statement-breakpoint
CREATE TABLE "message" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"recipient_id" uuid,
	"channel" text NOT NULL,
	"kind" text NOT NULL,
	"about_type" text NOT NULL,
	"about_id" uuid NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "handled" (
	"handler" text NOT NULL,
	"event_id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"handled_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "handled_handler_event_id_pk" PRIMARY KEY("handler","event_id")
);
--> statement-breakpoint
CREATE TABLE "handling_failure" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "handling_failure_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"handler" text NOT NULL,
	"event_id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"error" text NOT NULL,
	"failed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"tenant_id" uuid NOT NULL,
	"key_hash" text NOT NULL,
	"body_hash" text NOT NULL,
	"answer" jsonb,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_key_tenant_id_key_hash_pk" PRIMARY KEY("tenant_id","key_hash")
);
--> statement-breakpoint
CREATE TABLE "listing" (
	"generation" integer NOT NULL,
	"tenant_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"business_name" text NOT NULL,
	"business_slug" text NOT NULL,
	"name" text NOT NULL,
	"bio" text NOT NULL,
	"time_zone" text NOT NULL,
	"services" jsonb NOT NULL,
	"visible" text NOT NULL,
	"words" text NOT NULL,
	CONSTRAINT "listing_generation_provider_id_pk" PRIMARY KEY("generation","provider_id")
);
--> statement-breakpoint
CREATE TABLE "log_cursor" (
	"name" text PRIMARY KEY NOT NULL,
	"epoch" integer NOT NULL,
	"xid" text NOT NULL,
	"pos" bigint NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "projection" (
	"name" text PRIMARY KEY NOT NULL,
	"live" integer NOT NULL,
	"building" integer
);
--> statement-breakpoint
CREATE TABLE "saga" (
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"key" uuid NOT NULL,
	"status" text NOT NULL,
	"step" integer NOT NULL,
	"version" integer NOT NULL,
	"data" jsonb NOT NULL,
	"undo" jsonb NOT NULL,
	"error" text,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saga_tenant_id_name_key_pk" PRIMARY KEY("tenant_id","name","key")
);
--> statement-breakpoint
CREATE TABLE "snapshot" (
	"tenant_id" uuid NOT NULL,
	"type" text NOT NULL,
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" jsonb NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	CONSTRAINT "snapshot_tenant_id_type_id_pk" PRIMARY KEY("tenant_id","type","id")
);
--> statement-breakpoint
CREATE TABLE "subject_key" (
	"subject_id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"wrapped" "bytea",
	"shredded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "calendar" (
	"tenant_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"rules" jsonb NOT NULL,
	CONSTRAINT "calendar_tenant_id_provider_id_pk" PRIMARY KEY("tenant_id","provider_id")
);
--> statement-breakpoint
CREATE TABLE "hold" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"slot_id" uuid,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"seats" integer NOT NULL,
	"holder" text NOT NULL,
	"status" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "hold_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "hold_seats" CHECK ("hold"."seats" >= 1)
);
--> statement-breakpoint
CREATE TABLE "occupancy" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"ref_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"busy_from" timestamp with time zone NOT NULL,
	"busy_to" timestamp with time zone NOT NULL,
	"busy" "tstzrange" GENERATED ALWAYS AS (tstzrange(busy_from, busy_to, '[)')) STORED,
	"expires_at" timestamp with time zone,
	CONSTRAINT "occupancy_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "occupancy_is_ordered" CHECK ("occupancy"."busy_from" <= "occupancy"."starts_at" and "occupancy"."starts_at" < "occupancy"."ends_at" and "occupancy"."ends_at" <= "occupancy"."busy_to")
);
--> statement-breakpoint
CREATE TABLE "slot" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"capacity" integer NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"origin" text NOT NULL,
	"status" text NOT NULL,
	CONSTRAINT "slot_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "slot_never_oversold" CHECK ("slot"."taken" >= 0 and "slot"."taken" <= "slot"."capacity"),
	CONSTRAINT "slot_is_ordered" CHECK ("slot"."starts_at" < "slot"."ends_at" and "slot"."capacity" >= 1)
);
--> statement-breakpoint
ALTER TABLE "auth"."account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "auth"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth"."session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "auth"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_by_user" ON "auth"."account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_by_user" ON "auth"."session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_by_identifier" ON "auth"."verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "appointment_by_provider" ON "appointment" USING btree ("tenant_id","provider_id","starts_at");--> statement-breakpoint
CREATE INDEX "appointment_by_contact" ON "appointment" USING btree ("tenant_id","contact_id");--> statement-breakpoint
CREATE INDEX "appointment_by_slot" ON "appointment" USING btree ("tenant_id","slot_id");--> statement-breakpoint
CREATE INDEX "contact_by_email" ON "contact" USING btree ("tenant_id","email");--> statement-breakpoint
CREATE INDEX "contact_by_user" ON "contact" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "membership_by_user" ON "membership" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "provider_service_by_service" ON "provider_service" USING btree ("tenant_id","service_id");--> statement-breakpoint
CREATE INDEX "message_by_time" ON "message" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "handled_by_event" ON "handled" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "handling_failure_by_event" ON "handling_failure" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "idempotency_key_by_expiry" ON "idempotency_key" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "listing_by_tenant" ON "listing" USING btree ("generation","tenant_id");--> statement-breakpoint
CREATE INDEX "listing_by_name" ON "listing" USING btree ("generation","name","provider_id");--> statement-breakpoint
CREATE INDEX "hold_by_slot" ON "hold" USING btree ("tenant_id","slot_id") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "hold_by_holder" ON "hold" USING btree ("tenant_id","holder") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "occupancy_by_time" ON "occupancy" USING btree ("tenant_id","provider_id","busy_to","busy_from");--> statement-breakpoint
CREATE INDEX "occupancy_by_ref" ON "occupancy" USING btree ("tenant_id","ref_id");--> statement-breakpoint
CREATE INDEX "slot_by_time" ON "slot" USING btree ("tenant_id","provider_id","starts_at");