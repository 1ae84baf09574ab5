import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "source_paces" (
  	"source" varchar(100) PRIMARY KEY NOT NULL,
  	"free_at" timestamp with time zone NOT NULL,
  	"paused_until" timestamp with time zone
  );
  
  CREATE TABLE "market_alert_rules" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"name" varchar(100) NOT NULL,
  	"alert_type" varchar(50) NOT NULL,
  	"threshold_percent" numeric(6, 2) DEFAULT 10 NOT NULL,
  	"cooldown_hours" integer DEFAULT 72 NOT NULL,
  	"active" boolean DEFAULT true,
  	"muted_until_at" timestamp with time zone,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "market_alert_rules_alert_type_check" CHECK ("alert_type" IN ('overpriced', 'underpriced', 'no_market_data', 'competitor_undercut'))
  );
  
  CREATE INDEX "market_alert_rules_created_at_idx" ON "market_alert_rules" USING btree ("created_at");
  CREATE UNIQUE INDEX "storage_alerts_open_cause_idx" ON "storage_alerts" USING btree ((metadata ->> 'cause')) WHERE dismissed IS NOT TRUE;
  CREATE INDEX "storage_alerts_cause_idx" ON "storage_alerts" USING btree ((metadata ->> 'cause'), created_at);`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "source_paces" CASCADE;
  DROP TABLE "market_alert_rules" CASCADE;
  DROP INDEX "storage_alerts_open_cause_idx";
  DROP INDEX "storage_alerts_cause_idx";`)
}
