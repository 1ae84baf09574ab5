import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** A number in the metadata of an alert; null where there is none. */
const numberIn = (key: string) =>
  sql`CASE jsonb_typeof("metadata" -> ${key}) WHEN 'number' THEN ("metadata" ->> ${key})::numeric END`

/**
 * The table is Payload's to make, the rest is written by hand: alerts about cars move from "storage_alerts", with their ids, to a table
 * of their own. Their type tells them from alerts about storage. Where a rule or a car has been deleted since, its name or VIN stays.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE TABLE "market_alerts" (
      "id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
      "message" varchar NOT NULL,
      "alert_type" varchar(50) NOT NULL,
      "severity" varchar(20) NOT NULL,
      "inventory_id" uuid,
      "vin" varchar(17),
      "rule_id" uuid,
      "rule_name" varchar(100),
      "our_price" numeric(10, 2),
      "expected_price" numeric(10, 2),
      "percent" numeric,
      "sample_size" integer,
      "dismissed" boolean DEFAULT false,
      "dismissed_at" timestamp with time zone,
      "raised_at" timestamp with time zone DEFAULT now() NOT NULL,
      CONSTRAINT "market_alerts_alert_type_check" CHECK ("alert_type" IN ('overpriced', 'underpriced', 'no_market_data', 'competitor_undercut')),
      CONSTRAINT "market_alerts_severity_check" CHECK ("severity" IN ('warning', 'critical'))
    );
    DROP INDEX "storage_alerts_cause_idx";
    ALTER TABLE "market_alerts" ADD CONSTRAINT "market_alerts_inventory_id_inventory_id_fk" FOREIGN KEY ("inventory_id") REFERENCES "public"."inventory"("id") ON DELETE set null ON UPDATE no action;
    ALTER TABLE "market_alerts" ADD CONSTRAINT "market_alerts_rule_id_market_alert_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."market_alert_rules"("id") ON DELETE set null ON UPDATE no action;
    CREATE INDEX "market_alerts_inventory_idx" ON "market_alerts" USING btree ("inventory_id");
    CREATE INDEX "market_alerts_rule_idx" ON "market_alerts" USING btree ("rule_id");
    CREATE INDEX "market_alerts_raised_at_idx" ON "market_alerts" USING btree ("raised_at");
    CREATE UNIQUE INDEX "market_alerts_open_idx" ON "market_alerts" USING btree (rule_id, inventory_id) WHERE dismissed IS NOT TRUE;
  `)
  await db.execute(sql`
    WITH "moved" AS (
      DELETE FROM "storage_alerts"
        WHERE "alert_type" IN ('overpriced', 'underpriced', 'no_market_data', 'competitor_undercut')
        RETURNING *, "metadata" ->> 'cause' = concat('market ', "metadata" ->> 'rule', ' ', "metadata" ->> 'inventory') AS "has_cause")
    INSERT INTO "market_alerts" ("id", "message", "alert_type", "severity", "inventory_id", "vin", "rule_id", "rule_name", "our_price",
        "expected_price", "percent", "sample_size", "dismissed", "dismissed_at", "raised_at")
      SELECT "moved"."id", coalesce("message", ''), "moved"."alert_type", coalesce("severity", 'warning'), "car"."id",
        left("metadata" ->> 'vin', 17), "rule"."id", left("metadata" ->> 'ruleName', 100), ${numberIn('ourPrice')},
        ${numberIn('expectedPrice')}, ${numberIn('percent')}, ${numberIn('sampleSize')}, coalesce("dismissed", false), "dismissed_at",
        coalesce("moved"."created_at", now())
      FROM "moved"
        LEFT JOIN "inventory" "car" ON "has_cause" AND "car"."id"::text = "metadata" ->> 'inventory'
        LEFT JOIN "market_alert_rules" "rule" ON "has_cause" AND "rule"."id"::text = "metadata" ->> 'rule'
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    INSERT INTO "storage_alerts" ("id", "alert_type", "severity", "message", "metadata", "dismissed", "dismissed_at", "created_at")
      SELECT "id", "alert_type", "severity", "message",
        jsonb_build_object('rule', "rule_id", 'ruleName', "rule_name", 'inventory', "inventory_id", 'vin', "vin", 'percent', "percent",
          'ourPrice', "our_price") || jsonb_strip_nulls(jsonb_build_object('cause', 'market ' || "rule_id" || ' ' || "inventory_id",
          'expectedPrice', "expected_price", 'sampleSize', "sample_size")),
        "dismissed", "dismissed_at", "raised_at"
      FROM "market_alerts"
  `)
  await db.execute(sql`
    DROP TABLE "market_alerts" CASCADE;
    CREATE INDEX "storage_alerts_cause_idx" ON "storage_alerts" USING btree ((metadata ->> 'cause'), created_at);
  `)
}
