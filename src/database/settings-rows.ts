/*
 * For a migration, after the tables were created: rows that exist once and are only changed, the
 * facts of the dealership and the settings of each feed.
 */

/** Creates the rows. */
export const CREATE_SETTINGS_ROWS = `
INSERT INTO "dealership" ("loan_months", "down_payment_percent") VALUES (72, 10);
INSERT INTO "export_feeds" ("feed") VALUES ('autotrader'), ('cargurus'), ('facebook'),
  ('carsforsale'), ('dealer-center'), ('jekyll'), ('google');`
