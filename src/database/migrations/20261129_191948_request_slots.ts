import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * One table for the pacing of all external servers, instead of one for scraped sites and one for
 * market sources. Slots and pauses that are in force are kept; the next migration drops the old
 * places.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "request_slots" (
  	"server" text PRIMARY KEY NOT NULL,
  	"next_free_at" timestamp with time zone NOT NULL,
  	"holder" uuid,
  	"held_until" timestamp with time zone,
  	"paused_until" timestamp with time zone
  );
  
  INSERT INTO "request_slots" ("server", "next_free_at", "holder", "held_until")
    SELECT "origin", "next_free_at", "holder", "held_until" FROM "scrape_origins";
  INSERT INTO "request_slots" ("server", "next_free_at", "paused_until")
    SELECT "source", "free_at", "paused_until" FROM "source_paces"
    ON CONFLICT ("server") DO NOTHING;`)
}

/** An origin goes back to the scraped sites; any other server was a market source. */
export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   INSERT INTO "scrape_origins" ("origin", "next_free_at", "holder", "held_until")
    SELECT "server", "next_free_at", "holder", "held_until" FROM "request_slots"
    WHERE "server" LIKE '%://%'
    ON CONFLICT ("origin") DO UPDATE SET "next_free_at" = EXCLUDED."next_free_at",
      "holder" = EXCLUDED."holder", "held_until" = EXCLUDED."held_until";
  INSERT INTO "source_paces" ("source", "free_at", "paused_until")
    SELECT "server", greatest("next_free_at", "held_until"), "paused_until" FROM "request_slots"
    WHERE "server" NOT LIKE '%://%';
  DROP TABLE "request_slots" CASCADE;`)
}
