ALTER TABLE "hold" ADD COLUMN "network" text;--> statement-breakpoint
CREATE INDEX "hold_by_network" ON "hold" USING btree ("tenant_id","network") WHERE status = 'active';