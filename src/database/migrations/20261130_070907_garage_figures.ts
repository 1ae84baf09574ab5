import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "vehicles" ADD COLUMN "purchase_date" date;
  ALTER TABLE "vehicles" ADD COLUMN "purchase_price" numeric(10, 2);
  ALTER TABLE "vehicles" ADD COLUMN "purchase_odometer" integer;
  ALTER TABLE "vehicles" ADD COLUMN "sold_date" date;
  ALTER TABLE "vehicles" ADD COLUMN "sale_price" numeric(10, 2);
  ALTER TABLE "vehicles" ADD COLUMN "odometer_entered_at" timestamp with time zone;
  ALTER TABLE "fuel_logs" ADD COLUMN "is_full_fill" boolean DEFAULT true;
  ALTER TABLE "fuel_logs" ADD COLUMN "missed_fill" boolean DEFAULT false;
  ALTER TABLE "user_preferences" ADD COLUMN "distance_unit" varchar(10);
  ALTER TABLE "user_preferences" ADD COLUMN "volume_unit" varchar(10);
  ALTER TABLE "user_preferences" ADD COLUMN "economy_unit" varchar(20);
  ALTER TABLE "user_preferences" ADD CONSTRAINT "user_preferences_distance_unit_check" CHECK ("distance_unit" IN ('mi', 'km'));
  ALTER TABLE "user_preferences" ADD CONSTRAINT "user_preferences_volume_unit_check" CHECK ("volume_unit" IN ('gal_us', 'gal_uk', 'l'));
  ALTER TABLE "user_preferences" ADD CONSTRAINT "user_preferences_economy_unit_check" CHECK ("economy_unit" IN ('mpg', 'mpg_uk', 'l_per_100km', 'km_per_l'));
  ALTER TABLE "vehicles" DISABLE TRIGGER USER;
  UPDATE "vehicles" SET "odometer_entered_at" = "updated_at" WHERE "odometer_entered" > 0;
  ALTER TABLE "vehicles" ENABLE TRIGGER USER;
  SELECT "forecourt_recount_owner_bytes"();`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "user_preferences" DROP CONSTRAINT "user_preferences_distance_unit_check";
  ALTER TABLE "user_preferences" DROP CONSTRAINT "user_preferences_volume_unit_check";
  ALTER TABLE "user_preferences" DROP CONSTRAINT "user_preferences_economy_unit_check";
  ALTER TABLE "vehicles" DROP COLUMN "purchase_date";
  ALTER TABLE "vehicles" DROP COLUMN "purchase_price";
  ALTER TABLE "vehicles" DROP COLUMN "purchase_odometer";
  ALTER TABLE "vehicles" DROP COLUMN "sold_date";
  ALTER TABLE "vehicles" DROP COLUMN "sale_price";
  ALTER TABLE "vehicles" DROP COLUMN "odometer_entered_at";
  ALTER TABLE "fuel_logs" DROP COLUMN "is_full_fill";
  ALTER TABLE "fuel_logs" DROP COLUMN "missed_fill";
  ALTER TABLE "user_preferences" DROP COLUMN "distance_unit";
  ALTER TABLE "user_preferences" DROP COLUMN "volume_unit";
  ALTER TABLE "user_preferences" DROP COLUMN "economy_unit";`)
}
