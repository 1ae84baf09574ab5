/*
 * For a migration, after the table `shared_histories` was created: what an owner shared with a
 * submission is deleted when that is rejected or withdrawn, whoever does it and however.
 */

/** Deletes the history of a submission that ends without a car, from now on. */
export const CREATE_HISTORY_TRIGGERS = `
CREATE FUNCTION "forecourt_end_history"() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM "shared_histories" WHERE "submission_id" = NEW."id";
  NEW."history_head" := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER "pending_submissions_end_history"
  BEFORE UPDATE OF "submission_status" ON "pending_submissions" FOR EACH ROW
  WHEN (NEW."submission_status" IN ('rejected', 'withdrawn'))
  EXECUTE FUNCTION "forecourt_end_history"();`

/** Drops them. */
export const DROP_HISTORY_TRIGGERS = `
DROP TRIGGER "pending_submissions_end_history" ON "pending_submissions";
DROP FUNCTION "forecourt_end_history"();`
