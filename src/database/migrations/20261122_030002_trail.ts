import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Written by hand: the trail is append-only in the database itself, and has one way to blank what is personal. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
-- One change of a line, with every value blanked: the names of the fields stay.
CREATE FUNCTION "forecourt_blank_change"("said" jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN jsonb_typeof("said" -> 'fields') IS DISTINCT FROM 'object' THEN "said"
    ELSE jsonb_set("said", '{fields}', coalesce((
      SELECT jsonb_object_agg("name", jsonb_build_object(
        'from', CASE WHEN jsonb_typeof("value" -> 'from') <> 'null' THEN '"•••"'::jsonb ELSE 'null'::jsonb END,
        'to', CASE WHEN jsonb_typeof("value" -> 'to') <> 'null' THEN '"•••"'::jsonb ELSE 'null'::jsonb END))
      FROM jsonb_each("said" -> 'fields') AS "field"("name", "value")), '{}'::jsonb)) END
$$;

-- Lines are only ever added. The one change that is let through takes personal values out, in the transaction that wrote the line
-- 'blank_person' about that person: nothing is blanked without a line that says so. The search path is said, so that nobody can put a
-- table of their own in the place of one of ours.
CREATE FUNCTION "forecourt_keep_trail"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "before" jsonb; "after" jsonb; "column" text; "actor" text; "owner" text; "blanked" text[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    "before" := to_jsonb(OLD);
    "after" := to_jsonb(NEW);
    "column" := CASE TG_TABLE_NAME WHEN 'activity_logs' THEN 'changes' ELSE 'context' END;
    "actor" := "before" ->> 'actor_admin_id';
    "owner" := "before" -> "column" ->> 'owner';
    SELECT array_agg("resource_id") INTO "blanked" FROM "admin_audit_logs"
      WHERE "created_at" = transaction_timestamp() AND "action" = 'blank_person' AND "resource_id" IN ("actor", "owner");
    IF ("before" - ARRAY['ip_address', 'user_agent', "column"]) = ("after" - ARRAY['ip_address', 'user_agent', "column"])
      AND ("after" -> 'ip_address' = "before" -> 'ip_address' OR ("actor" = ANY ("blanked") AND "after" ->> 'ip_address' IS NULL))
      AND ("after" -> 'user_agent' = "before" -> 'user_agent' OR ("actor" = ANY ("blanked") AND "after" ->> 'user_agent' IS NULL))
      AND ("after" -> "column" = "before" -> "column"
        OR ("owner" = ANY ("blanked") AND "after" -> "column" = "forecourt_blank_change"("before" -> "column")))
      AND cardinality("blanked") > 0
    THEN RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The trail is only ever added to: % of % is refused. Personal values of one person are taken out by forecourt_blank_person().',
    TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER "activity_logs_keep" BEFORE UPDATE ON "activity_logs" FOR EACH ROW EXECUTE FUNCTION "forecourt_keep_trail"();
CREATE TRIGGER "activity_logs_keep_all" BEFORE DELETE OR TRUNCATE ON "activity_logs" FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_keep_trail"();
CREATE TRIGGER "admin_audit_logs_keep" BEFORE UPDATE ON "admin_audit_logs" FOR EACH ROW EXECUTE FUNCTION "forecourt_keep_trail"();
CREATE TRIGGER "admin_audit_logs_keep_all" BEFORE DELETE OR TRUNCATE ON "admin_audit_logs" FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_keep_trail"();
ALTER TABLE "activity_logs" ENABLE ALWAYS TRIGGER "activity_logs_keep";
ALTER TABLE "activity_logs" ENABLE ALWAYS TRIGGER "activity_logs_keep_all";
ALTER TABLE "admin_audit_logs" ENABLE ALWAYS TRIGGER "admin_audit_logs_keep";
ALTER TABLE "admin_audit_logs" ENABLE ALWAYS TRIGGER "admin_audit_logs_keep_all";

-- Takes one owner (their auth0_sub) out of the trail, for the purge of an account: address and program in the lines of what they did
-- as an admin, and every value in the lines about their rows. Who did what, when and to which field stays. Answers how many lines.
-- It runs as its owner: the application may only read and add lines (src/database/privileges.ts), and change them by this alone.
CREATE FUNCTION "forecourt_blank_person"("person" text, "by_whom" text DEFAULT 'system') RETURNS integer LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "lines" integer; "more" integer;
BEGIN
  IF coalesce("person", '') = '' THEN
    RAISE EXCEPTION 'forecourt_blank_person() needs the auth0_sub of an owner.' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  INSERT INTO "admin_audit_logs" ("actor_admin_id", "action", "resource_type", "resource_id", "created_at")
    VALUES ("by_whom", 'blank_person', 'user-profiles', "person", transaction_timestamp());
  UPDATE "activity_logs" SET "changes" = "forecourt_blank_change"("changes")
    WHERE "changes" ->> 'owner' = "person" AND "changes" IS DISTINCT FROM "forecourt_blank_change"("changes");
  GET DIAGNOSTICS "lines" = ROW_COUNT;
  UPDATE "admin_audit_logs" SET
      "ip_address" = CASE WHEN "actor_admin_id" = "person" THEN NULL ELSE "ip_address" END,
      "user_agent" = CASE WHEN "actor_admin_id" = "person" THEN NULL ELSE "user_agent" END,
      "context" = CASE WHEN "context" ->> 'owner' = "person" THEN "forecourt_blank_change"("context") ELSE "context" END
    WHERE ("actor_admin_id" = "person" AND ("ip_address" IS NOT NULL OR "user_agent" IS NOT NULL))
      OR ("context" ->> 'owner' = "person" AND "context" IS DISTINCT FROM "forecourt_blank_change"("context"));
  GET DIAGNOSTICS "more" = ROW_COUNT;
  RETURN "lines" + "more";
END $$;
REVOKE ALL ON FUNCTION "forecourt_blank_person"(text, text) FROM PUBLIC;
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
DROP FUNCTION "forecourt_blank_person"(text, text);
DROP TRIGGER "activity_logs_keep" ON "activity_logs";
DROP TRIGGER "activity_logs_keep_all" ON "activity_logs";
DROP TRIGGER "admin_audit_logs_keep" ON "admin_audit_logs";
DROP TRIGGER "admin_audit_logs_keep_all" ON "admin_audit_logs";
DROP FUNCTION "forecourt_keep_trail"();
DROP FUNCTION "forecourt_blank_change"(jsonb);
  `)
}
