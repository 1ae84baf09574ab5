/*
 * For a migration, after the table `attached_files` was created: by triggers, the bytes of owners’
 * files are counted, and bytes whose row is gone are noted, whoever writes and however, cascading
 * deletes among it. Files that rows named before the table existed get a row in it.
 */

/** Adds the files that rows name in the documented columns. */
export const ADOPT_NAMED_FILES = `
INSERT INTO "attached_files" ("user_id", "document_id", "file_name", "content_type", "file_size",
    "file_hash", "storage_bucket", "storage_key", "created_at")
  SELECT "user_id", "id", coalesce("file_name", 'file'),
    coalesce("content_type", 'application/octet-stream'), greatest(coalesce("file_size", 0), 0),
    "file_hash", "storage_bucket", "storage_key", coalesce("created_at", now())
  FROM "documents" WHERE "storage_key" IS NOT NULL;
INSERT INTO "attached_files" ("user_id", "vehicle_id", "file_name", "content_type", "file_size",
    "storage_bucket", "storage_key", "created_at")
  SELECT "user_id", "id", 'image', 'application/octet-stream', 0, "image_bucket", "image_key",
    coalesce("created_at", now())
  FROM "vehicles" WHERE "image_key" IS NOT NULL;`

/** Counts the files of owners from now on, and adopts those that rows already name. */
export const CREATE_FILE_TRIGGERS = `
CREATE FUNCTION "forecourt_count_file_bytes"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO "owner_storage" ("user_id", "file_bytes")
      SELECT "user_id", sum("file_size" + "preview_size") FROM "new_rows" GROUP BY 1;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO "owner_storage" ("user_id", "file_bytes")
      SELECT "user_id", -sum("file_size" + "preview_size") FROM "old_rows" GROUP BY 1;
    INSERT INTO "removed_files" ("bucket", "key")
      SELECT "storage_bucket", "key" FROM "old_rows",
        unnest(ARRAY["storage_key", "preview_key"]) AS "key" WHERE "key" IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "count_file_bytes_insert" AFTER INSERT ON "attached_files"
  REFERENCING NEW TABLE AS "new_rows"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_count_file_bytes"();
CREATE TRIGGER "count_file_bytes_update" AFTER UPDATE ON "attached_files"
  REFERENCING NEW TABLE AS "new_rows" OLD TABLE AS "old_rows"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_count_file_bytes"();
CREATE TRIGGER "count_file_bytes_delete" AFTER DELETE ON "attached_files"
  REFERENCING OLD TABLE AS "old_rows"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_count_file_bytes"();
SELECT "forecourt_watch_owner_table"('attached_files'::regclass);
${ADOPT_NAMED_FILES}`

/** Drops them. The rows named their files before, and still do. */
export const DROP_FILE_TRIGGERS = `
DROP TRIGGER "count_file_bytes_insert" ON "attached_files";
DROP TRIGGER "count_file_bytes_update" ON "attached_files";
DROP TRIGGER "count_file_bytes_delete" ON "attached_files";
DROP FUNCTION "forecourt_count_file_bytes"();`
