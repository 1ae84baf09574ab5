import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'
import { migrateEnteredSchedules, seedMaintenanceSubtypes } from '../../garage/store/first-rows.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "calendar_feeds" (
  	"user_id" varchar(255) PRIMARY KEY NOT NULL,
  	"token_hash" varchar(64) NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "calendar_feeds_token_hash_unique" UNIQUE("token_hash")
  );
  
  CREATE TABLE "maintenance_subtypes" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"category" varchar(50) NOT NULL,
  	"name" varchar(100) NOT NULL,
  	"is_active" boolean DEFAULT true
  );
  
  ALTER TABLE "vehicles" ADD COLUMN "purchase_date" date;
  ALTER TABLE "vehicles" ADD COLUMN "purchase_price" numeric(10, 2);
  ALTER TABLE "vehicles" ADD COLUMN "purchase_odometer" integer;
  ALTER TABLE "vehicles" ADD COLUMN "sold_date" date;
  ALTER TABLE "vehicles" ADD COLUMN "sale_price" numeric(10, 2);
  ALTER TABLE "vehicles" ADD COLUMN "due_soon_days" integer;
  ALTER TABLE "vehicles" ADD COLUMN "due_soon_miles" integer;
  ALTER TABLE "vehicles" ADD COLUMN "odometer_entered_at" timestamp with time zone;
  ALTER TABLE "fuel_logs" ADD COLUMN "is_full_fill" boolean DEFAULT true;
  ALTER TABLE "fuel_logs" ADD COLUMN "missed_fill" boolean DEFAULT false;
  ALTER TABLE "maintenance_schedules" ADD COLUMN "anchor" varchar(20) DEFAULT 'service';
  ALTER TABLE "maintenance_schedules" ADD COLUMN "due_soon_days" integer;
  ALTER TABLE "maintenance_schedules" ADD COLUMN "due_soon_miles" integer;
  ALTER TABLE "maintenance_schedules" ADD COLUMN "entered_service_date" date;
  ALTER TABLE "maintenance_schedules" ADD COLUMN "entered_service_mileage" integer;
  ALTER TABLE "maintenance_schedules" ADD COLUMN "entered_due_date" date;
  ALTER TABLE "maintenance_schedules" ADD COLUMN "entered_due_mileage" integer;
  ALTER TABLE "user_preferences" ADD COLUMN "distance_unit" varchar(10);
  ALTER TABLE "user_preferences" ADD COLUMN "volume_unit" varchar(10);
  ALTER TABLE "user_preferences" ADD COLUMN "economy_unit" varchar(20);
  CREATE UNIQUE INDEX "maintenance_subtypes_name_lower_idx" ON "maintenance_subtypes" USING btree (LOWER(category), LOWER(name));
  ALTER TABLE "maintenance_schedules" ADD CONSTRAINT "maintenance_schedules_anchor_check" CHECK ("anchor" IN ('service', 'fixed'));
  ALTER TABLE "user_preferences" ADD CONSTRAINT "user_preferences_distance_unit_check" CHECK ("distance_unit" IN ('mi', 'km'));
  ALTER TABLE "user_preferences" ADD CONSTRAINT "user_preferences_volume_unit_check" CHECK ("volume_unit" IN ('gal_us', 'gal_uk', 'l'));
  ALTER TABLE "user_preferences" ADD CONSTRAINT "user_preferences_economy_unit_check" CHECK ("economy_unit" IN ('mpg', 'mpg_uk', 'l_per_100km', 'km_per_l'));
  ALTER TABLE "vehicles" DISABLE TRIGGER USER;
  -- What logs have exceeded was entered before them; anything else, at the latest change.
  UPDATE "vehicles" SET "odometer_entered_at" = CASE
    WHEN "odometer_entered" < "odometer_reading" THEN "created_at" ELSE "updated_at" END
    WHERE "odometer_entered" > 0;
  ALTER TABLE "vehicles" ENABLE TRIGGER USER;`)
  await seedMaintenanceSubtypes(db)
  await migrateEnteredSchedules(db)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "calendar_feeds" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "maintenance_subtypes" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "calendar_feeds" CASCADE;
  DROP TABLE "maintenance_subtypes" CASCADE;
  ALTER TABLE "maintenance_schedules" DROP CONSTRAINT "maintenance_schedules_anchor_check";
  ALTER TABLE "user_preferences" DROP CONSTRAINT "user_preferences_distance_unit_check";
  ALTER TABLE "user_preferences" DROP CONSTRAINT "user_preferences_volume_unit_check";
  ALTER TABLE "user_preferences" DROP CONSTRAINT "user_preferences_economy_unit_check";
  ALTER TABLE "vehicles" DROP COLUMN "purchase_date";
  ALTER TABLE "vehicles" DROP COLUMN "purchase_price";
  ALTER TABLE "vehicles" DROP COLUMN "purchase_odometer";
  ALTER TABLE "vehicles" DROP COLUMN "sold_date";
  ALTER TABLE "vehicles" DROP COLUMN "sale_price";
  ALTER TABLE "vehicles" DROP COLUMN "due_soon_days";
  ALTER TABLE "vehicles" DROP COLUMN "due_soon_miles";
  ALTER TABLE "vehicles" DROP COLUMN "odometer_entered_at";
  ALTER TABLE "fuel_logs" DROP COLUMN "is_full_fill";
  ALTER TABLE "fuel_logs" DROP COLUMN "missed_fill";
  ALTER TABLE "maintenance_schedules" DROP COLUMN "anchor";
  ALTER TABLE "maintenance_schedules" DROP COLUMN "due_soon_days";
  ALTER TABLE "maintenance_schedules" DROP COLUMN "due_soon_miles";
  ALTER TABLE "maintenance_schedules" DROP COLUMN "entered_service_date";
  ALTER TABLE "maintenance_schedules" DROP COLUMN "entered_service_mileage";
  ALTER TABLE "maintenance_schedules" DROP COLUMN "entered_due_date";
  ALTER TABLE "maintenance_schedules" DROP COLUMN "entered_due_mileage";
  ALTER TABLE "user_preferences" DROP COLUMN "distance_unit";
  ALTER TABLE "user_preferences" DROP COLUMN "volume_unit";
  ALTER TABLE "user_preferences" DROP COLUMN "economy_unit";`)
}
