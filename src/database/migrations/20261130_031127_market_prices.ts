import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "market_sightings" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"source" text NOT NULL,
  	"listing" text NOT NULL,
  	"place" text NOT NULL,
  	"vin" varchar(17),
  	"year" integer NOT NULL,
  	"make" text NOT NULL,
  	"model" text NOT NULL,
  	"trim" text,
  	"drivetrain" text,
  	"engine" text,
  	"is_new" boolean,
  	"branded" boolean NOT NULL,
  	"price" numeric(10, 2) NOT NULL,
  	"miles" integer,
  	"city" text,
  	"state" text,
  	"latitude" double precision,
  	"longitude" double precision,
  	"url" text,
  	"zip" text,
  	"radius_miles" integer,
  	"listed_at" timestamp with time zone,
  	"first_seen_at" timestamp with time zone NOT NULL,
  	"last_seen_at" timestamp with time zone NOT NULL,
  	"missed_at" timestamp with time zone,
  	"ended_at" timestamp with time zone,
  	"outcome" text
  );
  
  CREATE TABLE "price_changes" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"inventory_id" uuid NOT NULL,
  	"from_price" numeric(10, 2) NOT NULL,
  	"to_price" numeric(10, 2) NOT NULL,
  	"reason" varchar(20) NOT NULL,
  	"changed_by" uuid,
  	"changed_at" timestamp with time zone DEFAULT now(),
  	"note" varchar(500),
  	CONSTRAINT "price_changes_reason_check" CHECK ("reason" IN ('edit', 'suggestion', 'import'))
  );
  
  CREATE TABLE "market_digests" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" uuid NOT NULL,
  	"send_hour" integer DEFAULT 7 NOT NULL,
  	"time_zone" varchar(64),
  	"active" boolean DEFAULT true,
  	"muted_until_at" timestamp with time zone,
  	"checked_at" timestamp with time zone,
  	"last_sent_at" timestamp with time zone
  );
  
  CREATE TABLE "market_trim_names" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"make" varchar(100) NOT NULL,
  	"model" varchar(100),
  	"listed_as" varchar(100) NOT NULL,
  	"trim" varchar(100) NOT NULL,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "market_alert_rules" DROP CONSTRAINT "market_alert_rules_alert_type_check";
  ALTER TABLE "market_alerts" DROP CONSTRAINT "market_alerts_alert_type_check";
  ALTER TABLE "inventory" ADD COLUMN "alerts_muted_until_at" timestamp with time zone;
  ALTER TABLE "market_price_history" ADD COLUMN "expected_price" numeric(10, 2);
  ALTER TABLE "market_price_history" ADD COLUMN "supply" integer;
  ALTER TABLE "market_price_history" ADD COLUMN "tier" varchar(50);
  ALTER TABLE "market_alert_rules" ADD COLUMN "threshold_days" integer DEFAULT 60 NOT NULL;
  ALTER TABLE "competitors" ADD COLUMN "city" varchar(100);
  ALTER TABLE "competitors" ADD COLUMN "state" varchar(50);
  ALTER TABLE "competitors" ADD COLUMN "latitude" numeric(9, 6);
  ALTER TABLE "competitors" ADD COLUMN "longitude" numeric(9, 6);
  ALTER TABLE "competitors" ADD COLUMN "notes" varchar;
  ALTER TABLE "competitor_inventory" ADD COLUMN "drivetrain" varchar(50);
  ALTER TABLE "competitor_inventory" ADD COLUMN "engine" varchar(100);
  ALTER TABLE "competitor_inventory" ADD COLUMN "condition" varchar(50);
  ALTER TABLE "market_alerts" ADD COLUMN "snoozed_until_at" timestamp with time zone;
  ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_inventory_id_inventory_id_fk" FOREIGN KEY ("inventory_id") REFERENCES "public"."inventory"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_changed_by_users_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "market_digests" ADD CONSTRAINT "market_digests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  CREATE UNIQUE INDEX "market_sightings_current_idx" ON "market_sightings" USING btree ("source","listing","place") WHERE "market_sightings"."ended_at" is null;
  CREATE INDEX "market_sightings_car_idx" ON "market_sightings" USING btree ("make","model","year","last_seen_at");
  CREATE INDEX "market_sightings_listing_idx" ON "market_sightings" USING btree ("listing","last_seen_at");
  CREATE INDEX "price_changes_inventory_idx" ON "price_changes" USING btree ("inventory_id");
  CREATE INDEX "price_changes_changed_by_idx" ON "price_changes" USING btree ("changed_by");
  CREATE INDEX "price_changes_car_changed_idx" ON "price_changes" USING btree (inventory_id, changed_at);
  CREATE UNIQUE INDEX "market_digests_user_idx" ON "market_digests" USING btree ("user_id");
  CREATE INDEX "market_trim_names_created_at_idx" ON "market_trim_names" USING btree ("created_at");
  ALTER TABLE "market_alert_rules" ADD CONSTRAINT "market_alert_rules_alert_type_check" CHECK ("alert_type" IN ('overpriced', 'underpriced', 'no_market_data', 'competitor_undercut', 'market_moved', 'supply_moved', 'stale'));
  ALTER TABLE "market_alerts" ADD CONSTRAINT "market_alerts_alert_type_check" CHECK ("alert_type" IN ('overpriced', 'underpriced', 'no_market_data', 'competitor_undercut', 'market_moved', 'supply_moved', 'stale'));`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "market_sightings" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "price_changes" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "market_digests" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "market_trim_names" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "market_sightings" CASCADE;
  DROP TABLE "price_changes" CASCADE;
  DROP TABLE "market_digests" CASCADE;
  DROP TABLE "market_trim_names" CASCADE;
  ALTER TABLE "market_alerts" DROP CONSTRAINT "market_alerts_alert_type_check";
  ALTER TABLE "market_alert_rules" DROP CONSTRAINT "market_alert_rules_alert_type_check";
  ALTER TABLE "inventory" DROP COLUMN "alerts_muted_until_at";
  ALTER TABLE "market_price_history" DROP COLUMN "expected_price";
  ALTER TABLE "market_price_history" DROP COLUMN "supply";
  ALTER TABLE "market_price_history" DROP COLUMN "tier";
  ALTER TABLE "market_alerts" DROP COLUMN "snoozed_until_at";
  ALTER TABLE "market_alert_rules" DROP COLUMN "threshold_days";
  ALTER TABLE "competitors" DROP COLUMN "city";
  ALTER TABLE "competitors" DROP COLUMN "state";
  ALTER TABLE "competitors" DROP COLUMN "latitude";
  ALTER TABLE "competitors" DROP COLUMN "longitude";
  ALTER TABLE "competitors" DROP COLUMN "notes";
  ALTER TABLE "competitor_inventory" DROP COLUMN "drivetrain";
  ALTER TABLE "competitor_inventory" DROP COLUMN "engine";
  ALTER TABLE "competitor_inventory" DROP COLUMN "condition";
  ALTER TABLE "market_alerts" ADD CONSTRAINT "market_alerts_alert_type_check" CHECK ("alert_type" IN ('overpriced', 'underpriced', 'no_market_data', 'competitor_undercut'));
  ALTER TABLE "market_alert_rules" ADD CONSTRAINT "market_alert_rules_alert_type_check" CHECK ("alert_type" IN ('overpriced', 'underpriced', 'no_market_data', 'competitor_undercut'));`)
}
