import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/** Written by hand: `updated_at` of the tables whose document asks for a trigger is the database's to say, whoever writes. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    CREATE FUNCTION "forecourt_touch_updated_at"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.updated_at := date_trunc('milliseconds', clock_timestamp());
      RETURN NEW;
    END $$;
    CREATE TRIGGER "vehicles_touch_updated_at" BEFORE UPDATE ON "vehicles"
      FOR EACH ROW EXECUTE FUNCTION "forecourt_touch_updated_at"();
    CREATE TRIGGER "admin_users_touch_updated_at" BEFORE UPDATE ON "admin_users"
      FOR EACH ROW EXECUTE FUNCTION "forecourt_touch_updated_at"();
    CREATE TRIGGER "user_profiles_touch_updated_at" BEFORE UPDATE ON "user_profiles"
      FOR EACH ROW EXECUTE FUNCTION "forecourt_touch_updated_at"();
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DROP TRIGGER "vehicles_touch_updated_at" ON "vehicles";
    DROP TRIGGER "admin_users_touch_updated_at" ON "admin_users";
    DROP TRIGGER "user_profiles_touch_updated_at" ON "user_profiles";
    DROP FUNCTION "forecourt_touch_updated_at"();
  `)
}
