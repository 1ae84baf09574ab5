import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * The table is Payload's to make, the rest is written by hand: how many bytes the rows of each owner hold is kept by triggers, whoever
 * writes and however, cascading deletes among it. A table of owners that is added later gets its triggers by
 * `SELECT "forecourt_watch_owner_table"('name')` in its own migration.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
CREATE TABLE "owner_storage" (
  "user_id" varchar(255) NOT NULL,
  "bytes" bigint DEFAULT 0 NOT NULL,
  "file_bytes" bigint DEFAULT 0 NOT NULL
);
CREATE INDEX "owner_storage_user_id_idx" ON "owner_storage" USING btree ("user_id");

-- Adds the difference that one statement makes, by owner. The length of the row as text, in UTF-8, is the same whether its values are
-- still in memory or stored compressed, which pg_column_size() is not: what an insert adds, a delete takes away.
CREATE FUNCTION "forecourt_count_owner_bytes"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' SET extra_float_digits = 1 AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO "owner_storage" ("user_id", "bytes")
      SELECT "user_id", sum(octet_length("one"::text)) FROM "new_rows" AS "one" WHERE "user_id" IS NOT NULL GROUP BY 1;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO "owner_storage" ("user_id", "bytes")
      SELECT "user_id", -sum(octet_length("one"::text)) FROM "old_rows" AS "one" WHERE "user_id" IS NOT NULL GROUP BY 1;
  ELSE
    INSERT INTO "owner_storage" ("user_id", "bytes")
      SELECT "user_id", sum("size") FROM (
        SELECT "user_id", octet_length("one"::text) AS "size" FROM "new_rows" AS "one"
        UNION ALL SELECT "user_id", -octet_length("one"::text) FROM "old_rows" AS "one") AS "changes"
      WHERE "user_id" IS NOT NULL GROUP BY 1 HAVING sum("size") <> 0;
  END IF;
  RETURN NULL;
END $$;

-- Has the rows of a table counted from now on.
CREATE FUNCTION "forecourt_watch_owner_table"("watched" regclass) RETURNS void LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER "count_owner_bytes_insert" AFTER INSERT ON %s REFERENCING NEW TABLE AS "new_rows"
    FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_count_owner_bytes"()', "watched");
  EXECUTE format('CREATE TRIGGER "count_owner_bytes_update" AFTER UPDATE ON %s REFERENCING NEW TABLE AS "new_rows" OLD TABLE AS "old_rows"
    FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_count_owner_bytes"()', "watched");
  EXECUTE format('CREATE TRIGGER "count_owner_bytes_delete" AFTER DELETE ON %s REFERENCING OLD TABLE AS "old_rows"
    FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_count_owner_bytes"()', "watched");
END $$;

-- Counts everything anew, as after rows were restored. Files are not looked at. Writers wait meanwhile.
CREATE FUNCTION "forecourt_recount_owner_bytes"() RETURNS void LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' SET extra_float_digits = 1 AS $$
DECLARE
  "watched" regclass;
BEGIN
  DELETE FROM "owner_storage" WHERE "file_bytes" = 0;
  UPDATE "owner_storage" SET "bytes" = 0;
  FOR "watched" IN SELECT DISTINCT "tgrelid"::regclass FROM "pg_trigger" WHERE "tgfoid" = '"forecourt_count_owner_bytes"'::regproc LOOP
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', "watched");
    EXECUTE format('INSERT INTO "owner_storage" ("user_id", "bytes") SELECT "user_id", sum(octet_length("one"::text)) FROM %s AS "one"
      WHERE "user_id" IS NOT NULL GROUP BY 1', "watched");
  END LOOP;
END $$;

SELECT "forecourt_watch_owner_table"("name"::regclass) FROM unnest(ARRAY['vehicles', 'fuel_logs', 'maintenance_logs', 'maintenance_schedules',
  'documents', 'community_stations', 'notification_logs', 'user_preferences', 'terms_agreements']) AS "name";
SELECT "forecourt_recount_owner_bytes"();
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
DO $$
DECLARE
  "watched" record;
BEGIN
  FOR "watched" IN SELECT "tgrelid"::regclass AS "table", "tgname" FROM "pg_trigger"
    WHERE "tgfoid" = '"forecourt_count_owner_bytes"'::regproc LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', "watched"."tgname", "watched"."table");
  END LOOP;
END $$;
DROP FUNCTION "forecourt_watch_owner_table"(regclass);
DROP FUNCTION "forecourt_recount_owner_bytes"();
DROP FUNCTION "forecourt_count_owner_bytes"();
DROP TABLE "owner_storage";
  `)
}
