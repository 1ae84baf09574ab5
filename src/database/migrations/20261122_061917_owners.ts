import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "purged_owners" (
  	"subject_hash" varchar(64) PRIMARY KEY NOT NULL,
  	"purged_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "user_profiles" ADD COLUMN "deletion_scheduled_at" timestamp with time zone;
  ALTER TABLE "user_profiles" ADD COLUMN "notification_email_confirmed_at" timestamp with time zone;
  ALTER TABLE "user_profiles" ADD COLUMN "notification_email_nonce" varchar(64);
  ALTER TABLE "user_profiles" ADD COLUMN "deactivated_by" varchar(20);
  ALTER TABLE "user_profiles" ADD CONSTRAINT "user_profiles_deactivated_by_check" CHECK ("deactivated_by" IN ('owner', 'admin'));`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "purged_owners" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "purged_owners" CASCADE;
  ALTER TABLE "user_profiles" DROP CONSTRAINT "user_profiles_deactivated_by_check";
  ALTER TABLE "user_profiles" DROP COLUMN "deletion_scheduled_at";
  ALTER TABLE "user_profiles" DROP COLUMN "notification_email_confirmed_at";
  ALTER TABLE "user_profiles" DROP COLUMN "notification_email_nonce";
  ALTER TABLE "user_profiles" DROP COLUMN "deactivated_by";`)
}
