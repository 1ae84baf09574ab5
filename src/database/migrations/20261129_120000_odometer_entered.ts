import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * The column is Payload's to make; what is in it is written by hand. A reading above all logs can only be what the owner entered. Filling
 * the column is not a change of the vehicle, so no trigger hears of it, and the bytes of the owners are counted again after it.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE "vehicles" ADD COLUMN "odometer_entered" integer;
    ALTER TABLE "vehicles" DISABLE TRIGGER USER;
    UPDATE "vehicles" SET "odometer_entered" = "odometer_reading" WHERE "odometer_reading" > coalesce(greatest(
      (SELECT ceil(max("odometer")) FROM "fuel_logs" WHERE "vehicle_id" = "vehicles"."id"),
      (SELECT max("odometer") FROM "maintenance_logs" WHERE "vehicle_id" = "vehicles"."id")), -1);
    ALTER TABLE "vehicles" ENABLE TRIGGER USER;
    SELECT "forecourt_recount_owner_bytes"();
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    ALTER TABLE "vehicles" DROP COLUMN "odometer_entered";
    SELECT "forecourt_recount_owner_bytes"();
  `)
}
