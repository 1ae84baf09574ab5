/*
 * For a migration: what the public site needs of the database beside tables and columns. The slugs
 * come after the column.
 */

/**
 * Creates the extension for typo-tolerant search. It is trusted, so that the owner of the database
 * may create it. Where it is not installed, or the owner may not, the message says what to do.
 */
export const CREATE_SEARCH_EXTENSION = `
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS "pg_trgm";
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the role % may not create the extension pg_trgm, which the search of cars '
      'needs. Let an administrator run CREATE EXTENSION pg_trgm in the database %', current_user,
      current_database();
  WHEN undefined_file OR feature_not_supported THEN
    RAISE EXCEPTION 'PostgreSQL has no extension pg_trgm, which the search of cars needs. Install '
      'the package with the additional modules, such as postgresql-contrib';
END $$;`

/**
 * Every car gets a slug when it is inserted, whoever inserts it, and keeps it: its facts, and as
 * many digits of its id as make it unique, at least eight. That earlier cars get one does not
 * change when they were last updated.
 */
export const CREATE_CAR_SLUGS = `
CREATE FUNCTION "forecourt_slugify"("value" text) RETURNS text LANGUAGE sql IMMUTABLE
  SET search_path = pg_catalog, pg_temp AS $$
  SELECT trim(both '-' FROM regexp_replace(
    regexp_replace(lower(normalize("value", NFKD)), '[\\u0300-\\u036F''’]', '', 'g'),
    '[^a-z0-9]+', '-', 'g'))
$$;
CREATE FUNCTION "forecourt_set_slug"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  "key" text := replace(NEW."id"::text, '-', '');
  "facts" text;
  "digits" integer;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."slug" IS NOT NULL THEN
    NEW."slug" := OLD."slug";
  END IF;
  IF NEW."slug" IS NOT NULL THEN
    RETURN NEW;
  END IF;
  "facts" := rtrim(left("forecourt_slugify"(
    concat_ws(' ', NEW."year", NEW."make", NEW."model", NEW."trim")), 80), '-');
  FOREACH "digits" IN ARRAY ARRAY[8, 16, 32] LOOP
    NEW."slug" := concat_ws('-', nullif("facts", ''), right("key", "digits"));
    EXIT WHEN NOT EXISTS (SELECT FROM "inventory" "car" WHERE "car"."slug" = NEW."slug");
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER "inventory_set_slug" BEFORE INSERT OR UPDATE OF "slug" ON "inventory"
  FOR EACH ROW EXECUTE FUNCTION "forecourt_set_slug"();
ALTER TABLE "inventory" DISABLE TRIGGER "inventory_touch_updated_at";
UPDATE "inventory" SET "slug" = NULL;
ALTER TABLE "inventory" ENABLE TRIGGER "inventory_touch_updated_at";`

/** Drops the slugs, except their column. */
export const DROP_CAR_SLUGS = `
DROP TRIGGER "inventory_set_slug" ON "inventory";
DROP FUNCTION "forecourt_set_slug"();
DROP FUNCTION "forecourt_slugify"(text);`

/** The dealership reports its changes, so that cached answers with its facts are dropped. */
export const CREATE_DEALERSHIP_TRIGGER = `
CREATE TRIGGER "dealership_tell_change"
  AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "dealership"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_tell_change"();`

/** Drops the trigger. */
export const DROP_DEALERSHIP_TRIGGER = `
DROP TRIGGER "dealership_tell_change" ON "dealership";`
