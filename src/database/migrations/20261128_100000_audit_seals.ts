import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * The tables are as Payload wrote them. By hand: the hash of an entry, append-only triggers, and that a purge records which entries it
 * redacted, so that they are sealed again.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
CREATE TABLE "audit_seals" (
  "id" bigint PRIMARY KEY NOT NULL,
  "sealed_at" timestamp with time zone DEFAULT now() NOT NULL,
  "sealed_through" timestamp with time zone NOT NULL,
  "entries" integer NOT NULL,
  "hash" "bytea" NOT NULL
);
CREATE TABLE "audit_seal_entries" (
  "seal" bigint NOT NULL,
  "log" text NOT NULL,
  "entry" uuid NOT NULL,
  "hash" "bytea" NOT NULL,
  CONSTRAINT "audit_seal_entries_entry_log_seal_pk" PRIMARY KEY("entry","log","seal")
);
CREATE TABLE "audit_redactions" (
  "log" text NOT NULL,
  "entry" uuid NOT NULL,
  "purge" uuid NOT NULL,
  "redacted_at" timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT "audit_redactions_entry_log_purge_pk" PRIMARY KEY("entry","log","purge")
);
CREATE INDEX "audit_seal_entries_seal_idx" ON "audit_seal_entries" USING btree ("seal");
CREATE INDEX "audit_redactions_redacted_at_idx" ON "audit_redactions" USING btree ("redacted_at");

-- SHA-256 of a row of an audit log. NULLs are left out, so that a column that is added later changes no hash. The time zone is fixed
-- because the text of a moment depends on it.
CREATE FUNCTION "forecourt_entry_hash"("log" text, "entry" anyelement) RETURNS bytea LANGUAGE sql STABLE
  SET timezone = 'UTC' SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(convert_to("log" || ' ' || jsonb_object_agg("key", "value")::text, 'UTF8'))
  FROM jsonb_each(to_jsonb("entry")) WHERE "value" <> 'null'::jsonb
$$;

CREATE FUNCTION "forecourt_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Seals of the audit log are append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "audit_seals_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_seals"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_append_only"();
CREATE TRIGGER "audit_seal_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_seal_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_append_only"();
CREATE TRIGGER "audit_redactions_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_redactions"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_append_only"();
ALTER TABLE "audit_seals" ENABLE ALWAYS TRIGGER "audit_seals_append_only";
ALTER TABLE "audit_seal_entries" ENABLE ALWAYS TRIGGER "audit_seal_entries_append_only";
ALTER TABLE "audit_redactions" ENABLE ALWAYS TRIGGER "audit_redactions_append_only";

-- As before (see the migration forgotten_names), and records each entry that it redacts.
CREATE OR REPLACE FUNCTION "forecourt_blank_person"("person" text, "by_whom" text DEFAULT 'system') RETURNS integer LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "purge" uuid; "entries" integer; "more" integer;
BEGIN
  IF coalesce("person", '') = '' THEN
    RAISE EXCEPTION 'forecourt_blank_person() needs the auth0_sub of an owner.' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  INSERT INTO "admin_audit_logs" ("actor_admin_id", "action", "resource_type", "resource_id", "created_at")
    VALUES ("by_whom", 'blank_person', 'user-profiles', "forecourt_pseudonym"("person"), transaction_timestamp())
    RETURNING "id" INTO "purge";
  PERFORM set_config('forecourt.forgotten', "person", true);
  WITH "redacted" AS (
    UPDATE "activity_logs" AS "line" SET ("resource_key", "changes") = (
        SELECT "resource_key", "changes"
        FROM jsonb_populate_record("line", "forecourt_line_without"(to_jsonb("line"), "person")))
      WHERE (strpos(to_jsonb("line")::text, to_jsonb("person")::text) > 0 OR "changes" ? 'asked')
        AND to_jsonb("line") <> "forecourt_line_without"(to_jsonb("line"), "person")
      RETURNING "id")
  INSERT INTO "audit_redactions" ("log", "entry", "purge") SELECT 'activity_logs', "id", "purge" FROM "redacted";
  GET DIAGNOSTICS "entries" = ROW_COUNT;
  WITH "redacted" AS (
    UPDATE "admin_audit_logs" AS "line" SET ("actor_admin_id", "target_admin_id", "resource_id", "context", "ip_address", "user_agent") = (
        SELECT "actor_admin_id", "target_admin_id", "resource_id", "context", "ip_address", "user_agent"
        FROM jsonb_populate_record("line", "forecourt_line_without"(to_jsonb("line"), "person")))
      WHERE (strpos(to_jsonb("line")::text, to_jsonb("person")::text) > 0 OR "context" ? 'asked')
        AND to_jsonb("line") <> "forecourt_line_without"(to_jsonb("line"), "person")
      RETURNING "id")
  INSERT INTO "audit_redactions" ("log", "entry", "purge") SELECT 'admin_audit_logs', "id", "purge" FROM "redacted";
  GET DIAGNOSTICS "more" = ROW_COUNT;
  PERFORM set_config('forecourt.forgotten', '', true);
  RETURN "entries" + "more";
END $$;
  `)
}

/** A purge goes on recording redactions until the functions are those of the migrations before; so the tables go last. */
export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
CREATE OR REPLACE FUNCTION "forecourt_blank_person"("person" text, "by_whom" text DEFAULT 'system') RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'forecourt_blank_person() is the one of the migration forgotten_names: apply that again.';
END $$;
DROP TABLE "audit_seals" CASCADE;
DROP TABLE "audit_seal_entries" CASCADE;
DROP TABLE "audit_redactions" CASCADE;
DROP FUNCTION "forecourt_append_only"();
DROP FUNCTION "forecourt_entry_hash"(text, anyelement);
  `)
}
