/*
 * For a migration, after the columns `stage_changed_at` and `waiting_since_at` of
 * `pending_submissions` were added: a trigger keeps them, whoever changes the status and however.
 */

/** The statuses in which the customer waits for us. */
const WAITING = `('pending', 'in_review')`

/** When existing submissions came to their status, as far as it is known. */
const FILL_STAGES = `
UPDATE "pending_submissions" SET
  "stage_changed_at" = coalesce("reviewed_at", "submitted_at", "created_at", now()),
  "waiting_since_at" = CASE WHEN "submission_status" IN ${WAITING}
    THEN coalesce("submitted_at", "created_at", now()) END;`

/** Notes when the status of a submission changes, and since when its customer waits for us. */
export const CREATE_STAGE_TRIGGERS = `
CREATE FUNCTION "forecourt_note_stage"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW."stage_changed_at" := coalesce(NEW."submitted_at", now());
  ELSE
    NEW."stage_changed_at" := now();
  END IF;
  IF NEW."submission_status" NOT IN ${WAITING} THEN
    NEW."waiting_since_at" := NULL;
  ELSIF TG_OP = 'INSERT' OR OLD."submission_status" NOT IN ${WAITING} THEN
    NEW."waiting_since_at" := NEW."stage_changed_at";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "note_stage_insert" BEFORE INSERT ON "pending_submissions"
  FOR EACH ROW EXECUTE FUNCTION "forecourt_note_stage"();
CREATE TRIGGER "note_stage_update" BEFORE UPDATE OF "submission_status" ON "pending_submissions"
  FOR EACH ROW WHEN (OLD."submission_status" IS DISTINCT FROM NEW."submission_status")
  EXECUTE FUNCTION "forecourt_note_stage"();
${FILL_STAGES}`

/** Drops them. */
export const DROP_STAGE_TRIGGERS = `
DROP TRIGGER "note_stage_insert" ON "pending_submissions";
DROP TRIGGER "note_stage_update" ON "pending_submissions";
DROP FUNCTION "forecourt_note_stage"();`

/**
 * Leaves a submission to the newest of the cars that name it, before an index makes it unique: the
 * approval sets it since then.
 */
export const RELEASE_DUPLICATE_SOURCES = `
UPDATE "inventory" SET "source_submission_id" = NULL WHERE "id" IN (
  SELECT "id" FROM (
    SELECT "id", row_number() OVER (
      PARTITION BY "source_submission_id" ORDER BY "created_at" DESC NULLS LAST, "id" DESC
    ) AS "place"
    FROM "inventory" WHERE "source_submission_id" IS NOT NULL
  ) AS "cars" WHERE "place" > 1
);`
