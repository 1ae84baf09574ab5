import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** The pacing of sites and market sources is kept in "request_slots" now. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "source_paces" CASCADE;
  ALTER TABLE "scrape_origins" DROP COLUMN "next_free_at";
  ALTER TABLE "scrape_origins" DROP COLUMN "holder";
  ALTER TABLE "scrape_origins" DROP COLUMN "held_until";`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "source_paces" (
  	"source" varchar(100) PRIMARY KEY NOT NULL,
  	"free_at" timestamp with time zone NOT NULL,
  	"paused_until" timestamp with time zone
  );
  
  ALTER TABLE "scrape_origins" ADD COLUMN "next_free_at" timestamp with time zone DEFAULT now() NOT NULL;
  ALTER TABLE "scrape_origins" ADD COLUMN "holder" uuid;
  ALTER TABLE "scrape_origins" ADD COLUMN "held_until" timestamp with time zone;`)
}
