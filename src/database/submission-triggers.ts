/*
 * For a migration, after the table `submission_photos` was created: a trigger notes the bytes whose
 * row is gone, whoever deleted it and however, cascading deletes among it.
 */

/** Notes the bytes of deleted photos of submissions from now on. */
export const CREATE_SUBMISSION_TRIGGERS = `
CREATE FUNCTION "forecourt_note_submission_photos"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO "removed_files" ("bucket", "key")
    SELECT 'submissions', "storage_key" FROM "old_rows";
  RETURN NULL;
END $$;
CREATE TRIGGER "note_submission_photos" AFTER DELETE ON "submission_photos"
  REFERENCING OLD TABLE AS "old_rows"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_note_submission_photos"();`

/** Drops the trigger. */
export const DROP_SUBMISSION_TRIGGERS = `
DROP TRIGGER "note_submission_photos" ON "submission_photos";
DROP FUNCTION "forecourt_note_submission_photos"();`
