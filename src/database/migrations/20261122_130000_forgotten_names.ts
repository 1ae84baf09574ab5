import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'
import { down as trailGone, up as trailAsBefore } from './20261122_030002_trail.ts'

/**
 * Written by hand: who is taken out of the trail is not named by it any more. What stands for them is the name that a purged garage
 * admin has in admin_users; those who were taken out before are gone through again.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
-- What stands for a person who was purged: the same each time, and nobody can be named by it.
CREATE FUNCTION "forecourt_pseudonym"("person" text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN 'purged|' || encode(sha256(convert_to("person", 'UTF8')), 'hex');

-- A line of either trail as JSON, without a person: every value about a row of theirs blanked, no address or program where they acted,
-- what a refused request asked for blanked where it names them, and their pseudonym wherever else a column or a value is their name.
CREATE FUNCTION "forecourt_line_without"("line" jsonb, "person" text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "column" text := CASE WHEN "line" ? 'changes' THEN 'changes' ELSE 'context' END;
  "change" jsonb := "line" -> "column";
  "name" text;
BEGIN
  IF "line" ->> 'actor_admin_id' = "person" THEN
    "line" := "line" || '{"ip_address": null, "user_agent": null}'::jsonb;
  END IF;
  IF "change" ->> 'owner' = "person" THEN
    "change" := "forecourt_blank_change"("change");
  END IF;
  IF strpos(regexp_replace("change" ->> 'asked', '%7c', '|', 'gi'), "person") > 0 THEN
    "change" := jsonb_set("change", '{asked}', '"•••"'::jsonb);
  END IF;
  FOREACH "name" IN ARRAY ARRAY['actor_admin_id', 'target_admin_id', 'resource_id', 'resource_key'] LOOP
    IF "line" ->> "name" = "person" THEN
      "line" := jsonb_set("line", ARRAY["name"], to_jsonb("forecourt_pseudonym"("person")));
    END IF;
  END LOOP;
  RETURN jsonb_set("line", ARRAY["column"],
    replace("change"::text, to_jsonb("person")::text, to_jsonb("forecourt_pseudonym"("person"))::text)::jsonb);
END $$;

-- Lines are only ever added. The one change that is let through takes one person out of a line and nothing else, in a transaction with a
-- line 'blank_person' about them.
CREATE OR REPLACE FUNCTION "forecourt_keep_trail"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "person" text := nullif(current_setting('forecourt.forgotten', true), '');
BEGIN
  IF TG_OP = 'UPDATE' AND "person" IS NOT NULL THEN
    IF to_jsonb(NEW) = "forecourt_line_without"(to_jsonb(OLD), "person")
      AND EXISTS (SELECT FROM "admin_audit_logs" WHERE "created_at" = transaction_timestamp()
        AND "action" = 'blank_person' AND "resource_id" = "forecourt_pseudonym"("person"))
    THEN RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The trail is only ever added to: % of % is refused. Personal values of one person are taken out by forecourt_blank_person().',
    TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Takes one owner (their auth0_sub) out of the trail, for the purge of an account. What was done, when and to which field stays, and
-- that all of it was about or by one and the same person. Answers how many lines were changed.
-- It runs as its owner: the application may only read and add lines (src/database/privileges.ts), and change them by this alone.
CREATE OR REPLACE FUNCTION "forecourt_blank_person"("person" text, "by_whom" text DEFAULT 'system') RETURNS integer LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "lines" integer; "more" integer;
BEGIN
  IF coalesce("person", '') = '' THEN
    RAISE EXCEPTION 'forecourt_blank_person() needs the auth0_sub of an owner.' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  INSERT INTO "admin_audit_logs" ("actor_admin_id", "action", "resource_type", "resource_id", "created_at")
    VALUES ("by_whom", 'blank_person', 'user-profiles', "forecourt_pseudonym"("person"), transaction_timestamp());
  PERFORM set_config('forecourt.forgotten', "person", true);
  UPDATE "activity_logs" AS "line" SET ("resource_key", "changes") = (
      SELECT "resource_key", "changes"
      FROM jsonb_populate_record("line", "forecourt_line_without"(to_jsonb("line"), "person")))
    WHERE (strpos(to_jsonb("line")::text, to_jsonb("person")::text) > 0 OR "changes" ? 'asked')
      AND to_jsonb("line") <> "forecourt_line_without"(to_jsonb("line"), "person");
  GET DIAGNOSTICS "lines" = ROW_COUNT;
  UPDATE "admin_audit_logs" AS "line" SET ("actor_admin_id", "target_admin_id", "resource_id", "context", "ip_address", "user_agent") = (
      SELECT "actor_admin_id", "target_admin_id", "resource_id", "context", "ip_address", "user_agent"
      FROM jsonb_populate_record("line", "forecourt_line_without"(to_jsonb("line"), "person")))
    WHERE (strpos(to_jsonb("line")::text, to_jsonb("person")::text) > 0 OR "context" ? 'asked')
      AND to_jsonb("line") <> "forecourt_line_without"(to_jsonb("line"), "person");
  GET DIAGNOSTICS "more" = ROW_COUNT;
  PERFORM set_config('forecourt.forgotten', '', true);
  RETURN "lines" + "more";
END $$;

SELECT "forecourt_blank_person"("resource_id") FROM (SELECT DISTINCT "resource_id" FROM "admin_audit_logs"
  WHERE "action" = 'blank_person' AND "resource_id" NOT LIKE 'purged|%') AS "before";
  `)
}

export async function down(args: MigrateDownArgs): Promise<void> {
  await trailGone(args)
  await args.db.execute(sql`
DROP FUNCTION "forecourt_line_without"(jsonb, text);
DROP FUNCTION "forecourt_pseudonym"(text);
  `)
  await trailAsBefore(args)
}
