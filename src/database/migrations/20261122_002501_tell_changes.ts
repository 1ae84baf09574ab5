import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

/** Written by hand: every committed change of a publicly read table is told on a channel, whoever makes it and however. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE FUNCTION "forecourt_tell_change"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('forecourt_changed', TG_TABLE_NAME);
      RETURN NULL;
    END $$;
    CREATE TRIGGER "inventory_tell_change" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "inventory"
      FOR EACH STATEMENT EXECUTE FUNCTION "forecourt_tell_change"();
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TRIGGER "inventory_tell_change" ON "inventory";
    DROP FUNCTION "forecourt_tell_change"();
  `)
}
