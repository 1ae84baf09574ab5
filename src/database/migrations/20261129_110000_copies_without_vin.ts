import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

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
