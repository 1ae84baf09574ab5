import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

/** No two cars share a VIN, but copies of cars that have none yet (an empty VIN). `down` needs every copy to have one. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   DROP INDEX "inventory_vin_idx";
  CREATE UNIQUE INDEX "inventory_vin_idx" ON "inventory" USING btree (vin) WHERE vin <> '';`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP INDEX "inventory_vin_idx";
  CREATE UNIQUE INDEX "inventory_vin_idx" ON "inventory" USING btree ("vin");`)
}
