import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

/**
 * Written by hand: `updated_at` is set by the database in every documented table that has it, not only in the three whose document
 * names a trigger (20261122_030001_updated_at). See decision 35.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
    DO $$
    DECLARE
      "one" text;
    BEGIN
      FOREACH "one" IN ARRAY ARRAY['user_preferences', 'terms_agreements', 'fuel_logs', 'maintenance_logs', 'maintenance_schedules',
        'documents', 'stations', 'engines', 'transmissions', 'vehicle_options', 'email_templates', 'backup_schedules', 'backup_settings',
        'pending_submissions', 'inventory', 'market_research_results', 'competitors', 'competitor_inventory'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION "forecourt_touch_updated_at"()',
          "one" || '_touch_updated_at', "one");
      END LOOP;
    END $$;
  `)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
    DO $$
    DECLARE
      "one" text;
    BEGIN
      FOREACH "one" IN ARRAY ARRAY['user_preferences', 'terms_agreements', 'fuel_logs', 'maintenance_logs', 'maintenance_schedules',
        'documents', 'stations', 'engines', 'transmissions', 'vehicle_options', 'email_templates', 'backup_schedules', 'backup_settings',
        'pending_submissions', 'inventory', 'market_research_results', 'competitors', 'competitor_inventory'] LOOP
        EXECUTE format('DROP TRIGGER %I ON %I', "one" || '_touch_updated_at', "one");
      END LOOP;
    END $$;
  `)
}
