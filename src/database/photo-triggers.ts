/*
 * For a migration, after the tables of photos were created: a trigger notes the bytes whose row is
 * gone, whoever deleted it and however, and committed changes of photos are reported on the channel
 * of changes, because public answers about photos are cached with these tables as tags.
 */

const NOTED = ['photo_sizes', 'car_banners']
const REPORTED = ['media', 'photo_sizes', 'photo_preparations']

/** Notes the bytes of deleted sizes and banners, and reports changes of photos from now on. */
export const CREATE_PHOTO_TRIGGERS = [
  `CREATE FUNCTION "forecourt_note_photo_file"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW."storage_key" = OLD."storage_key" THEN RETURN NULL; END IF;
  INSERT INTO "removed_photo_files" ("key") VALUES (OLD."storage_key");
  RETURN NULL;
END $$;`,
  ...NOTED.map(
    (table) => `CREATE TRIGGER "note_photo_file" AFTER UPDATE OR DELETE ON "${table}"
  FOR EACH ROW EXECUTE FUNCTION "forecourt_note_photo_file"();`,
  ),
  ...REPORTED.map(
    (table) => `CREATE TRIGGER "${table}_tell_change"
  AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "${table}"
  FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_tell_change"();`,
  ),
].join('\n')

/** Drops the triggers. */
export const DROP_PHOTO_TRIGGERS = [
  ...NOTED.map((table) => `DROP TRIGGER "note_photo_file" ON "${table}";`),
  'DROP FUNCTION "forecourt_note_photo_file"();',
  ...REPORTED.map((table) => `DROP TRIGGER "${table}_tell_change" ON "${table}";`),
].join('\n')
