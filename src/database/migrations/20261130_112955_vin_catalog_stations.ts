import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_CATALOG_TRIGGERS, DROP_CATALOG_TRIGGERS } from '../catalog-triggers.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "demo_catalog_rows" (
  	"made_in" text NOT NULL,
  	"row_id" integer NOT NULL,
  	CONSTRAINT "demo_catalog_rows_made_in_row_id_pk" PRIMARY KEY("made_in","row_id")
  );
  
  CREATE TABLE "station_searches" (
  	"area" varchar(40) PRIMARY KEY NOT NULL,
  	"searched_at" timestamp with time zone NOT NULL,
  	"found" integer NOT NULL
  );
  
  CREATE TABLE "saved_stations" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"station_id" uuid NOT NULL,
  	"nickname" varchar(100),
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "fuel_logs" ADD COLUMN "station_id" uuid;
  ALTER TABLE "stations" ADD COLUMN "fetched_at" timestamp with time zone;
  ALTER TABLE "stations" ADD COLUMN "is_from_places" boolean;
  ALTER TABLE "saved_stations" ADD CONSTRAINT "saved_stations_station_id_stations_id_fk" FOREIGN KEY ("station_id") REFERENCES "public"."stations"("id") ON DELETE no action ON UPDATE no action;
  CREATE INDEX "saved_stations_user_id_idx" ON "saved_stations" USING btree ("user_id");
  CREATE INDEX "saved_stations_station_idx" ON "saved_stations" USING btree ("station_id");
  CREATE INDEX "saved_stations_created_at_idx" ON "saved_stations" USING btree ("created_at");
  CREATE UNIQUE INDEX "saved_stations_owner_idx" ON "saved_stations" USING btree (user_id, station_id);
  ALTER TABLE "fuel_logs" ADD CONSTRAINT "fuel_logs_station_id_stations_id_fk" FOREIGN KEY ("station_id") REFERENCES "public"."stations"("id") ON DELETE no action ON UPDATE no action;
  CREATE INDEX "fuel_logs_station_idx" ON "fuel_logs" USING btree ("station_id");
  CREATE INDEX "stations_position_idx" ON "stations" USING btree (latitude, longitude);
  SELECT "forecourt_watch_owner_table"('saved_stations'::regclass);`)
  await db.execute(sql.raw(CREATE_CATALOG_TRIGGERS))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(DROP_CATALOG_TRIGGERS))
  await db.execute(sql`
   ALTER TABLE "demo_catalog_rows" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "station_searches" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "saved_stations" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "demo_catalog_rows" CASCADE;
  DROP TABLE "station_searches" CASCADE;
  DROP TABLE "saved_stations" CASCADE;
  ALTER TABLE "fuel_logs" DROP CONSTRAINT "fuel_logs_station_id_stations_id_fk";
  
  DROP INDEX "fuel_logs_station_idx";
  DROP INDEX "stations_position_idx";
  ALTER TABLE "fuel_logs" DROP COLUMN "station_id";
  ALTER TABLE "stations" DROP COLUMN "fetched_at";
  ALTER TABLE "stations" DROP COLUMN "is_from_places";`)
}
