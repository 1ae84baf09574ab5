/*
 * For a migration: every committed change of the catalog is told on the channel of changes as the
 * name of its table, whoever makes it and however. The lists of the catalog are cached with these
 * tables as tags; see decision 53.
 */

const TABLES = ['vehicle_options', 'engines', 'transmissions']

/** Creates the triggers of the catalog. */
export const CREATE_CATALOG_TRIGGERS = TABLES.map(
  (table) => `CREATE TRIGGER "${table}_tell_change"
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "${table}"
    FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_tell_change"();`,
).join('\n')

/** Drops them. */
export const DROP_CATALOG_TRIGGERS = TABLES.map(
  (table) => `DROP TRIGGER "${table}_tell_change" ON "${table}";`,
).join('\n')
