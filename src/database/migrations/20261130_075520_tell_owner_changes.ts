import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * Written by hand: every committed change of an owner's garage is told on the channel of changes as `owner:` and the owner's subject,
 * whoever makes it and however, cascading deletes among it. A statement that changes many owners' rows, or empties a table, is told as
 * a change of every owner (`owner:*`). The subtypes of maintenance are told like the inventory. See decision 53.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
CREATE FUNCTION "forecourt_tell_owner_change"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "changed" text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    "changed" := ARRAY(SELECT DISTINCT "user_id" FROM "new_rows" WHERE "user_id" IS NOT NULL LIMIT 101);
  ELSIF TG_OP = 'DELETE' THEN
    "changed" := ARRAY(SELECT DISTINCT "user_id" FROM "old_rows" WHERE "user_id" IS NOT NULL LIMIT 101);
  ELSIF TG_OP = 'UPDATE' THEN
    "changed" := ARRAY(SELECT "user_id" FROM "new_rows" WHERE "user_id" IS NOT NULL
      UNION SELECT "user_id" FROM "old_rows" WHERE "user_id" IS NOT NULL LIMIT 101);
  END IF;
  IF TG_OP = 'TRUNCATE' OR cardinality("changed") > 100 THEN
    PERFORM pg_notify('forecourt_changed', 'owner:*');
  ELSE
    PERFORM pg_notify('forecourt_changed', 'owner:' || "one") FROM unnest("changed") AS "one";
  END IF;
  RETURN NULL;
END $$;

-- Has the changes of a table told from now on. The table needs a column user_id.
CREATE FUNCTION "forecourt_tell_owner_table"("watched" regclass) RETURNS void LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER "tell_owner_insert" AFTER INSERT ON %s REFERENCING NEW TABLE AS "new_rows"
    FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_tell_owner_change"()', "watched");
  EXECUTE format('CREATE TRIGGER "tell_owner_update" AFTER UPDATE ON %s REFERENCING NEW TABLE AS "new_rows" OLD TABLE AS "old_rows"
    FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_tell_owner_change"()', "watched");
  EXECUTE format('CREATE TRIGGER "tell_owner_delete" AFTER DELETE ON %s REFERENCING OLD TABLE AS "old_rows"
    FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_tell_owner_change"()', "watched");
  EXECUTE format('CREATE TRIGGER "tell_owner_truncate" AFTER TRUNCATE ON %s
    FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_tell_owner_change"()', "watched");
END $$;

SELECT "forecourt_tell_owner_table"("name"::regclass) FROM unnest(ARRAY['vehicles', 'fuel_logs', 'maintenance_logs',
  'maintenance_schedules', 'documents', 'user_preferences']) AS "name";

CREATE TRIGGER "maintenance_subtypes_tell_change" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "maintenance_subtypes"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_tell_change"();
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
DROP TRIGGER "maintenance_subtypes_tell_change" ON "maintenance_subtypes";
DO $$
DECLARE
  "watched" record;
BEGIN
  FOR "watched" IN SELECT "tgrelid"::regclass AS "table", "tgname" FROM "pg_trigger"
    WHERE "tgfoid" = '"forecourt_tell_owner_change"'::regproc LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', "watched"."tgname", "watched"."table");
  END LOOP;
END $$;
DROP FUNCTION "forecourt_tell_owner_table"(regclass);
DROP FUNCTION "forecourt_tell_owner_change"();
  `)
}
