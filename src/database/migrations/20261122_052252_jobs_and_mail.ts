import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "job_schedules" (
  	"name" text PRIMARY KEY NOT NULL,
  	"cron" text NOT NULL,
  	"time_zone" text NOT NULL,
  	"next_run_at" timestamp with time zone NOT NULL,
  	"last_run_at" timestamp with time zone
  );
  
  CREATE TABLE "outgoing_mails" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"recipient" varchar(255) NOT NULL,
  	"subject" varchar(255) NOT NULL,
  	"status" varchar(20) DEFAULT 'waiting' NOT NULL,
  	"attempts" integer DEFAULT 0 NOT NULL,
  	"about" varchar(50),
  	"answer" varchar,
  	"created_at" timestamp with time zone DEFAULT now(),
  	"sent_at" timestamp with time zone,
  	"next_attempt_at" timestamp with time zone,
  	"reply_to" varchar(255),
  	"text" varchar NOT NULL,
  	"html" varchar,
  	"handed_over" integer DEFAULT 0 NOT NULL,
  	CONSTRAINT "outgoing_mails_status_check" CHECK ("status" IN ('waiting', 'sent', 'refused', 'uncertain', 'failed'))
  );
  
  ALTER TABLE "job_history" ADD COLUMN "attempt" integer;
  ALTER TABLE "job_history" ADD COLUMN "worker" varchar(255);
  ALTER TABLE "job_history" ADD COLUMN "dead" boolean DEFAULT false;
  ALTER TABLE "job_history" ADD COLUMN "progress_done" integer;
  ALTER TABLE "job_history" ADD COLUMN "progress_total" integer;
  ALTER TABLE "job_history" ADD COLUMN "next_attempt_at" timestamp with time zone;
  ALTER TABLE "job_history" ADD COLUMN "input" jsonb;
  ALTER TABLE "job_history" ADD COLUMN "job_id" uuid;
  ALTER TABLE "job_history" ADD COLUMN "lease_ends_at" timestamp with time zone;
  ALTER TABLE "job_history" ADD COLUMN "commits" integer;
  CREATE INDEX "outgoing_mails_about_idx" ON "outgoing_mails" USING btree ("about");
  CREATE INDEX "outgoing_mails_created_at_idx" ON "outgoing_mails" USING btree ("created_at");
  CREATE INDEX "job_history_job_idx" ON "job_history" USING btree (job_id);
  CREATE UNIQUE INDEX "job_history_one_open_idx" ON "job_history" USING btree (job_id) WHERE completed_at IS NULL;
  CREATE INDEX "job_history_open_idx" ON "job_history" USING btree (lease_ends_at) WHERE completed_at IS NULL;
  CREATE INDEX "job_history_dead_idx" ON "job_history" USING btree (started_at DESC) WHERE dead;`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "job_schedules" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "outgoing_mails" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "job_schedules" CASCADE;
  DROP TABLE "outgoing_mails" CASCADE;
  DROP INDEX "job_history_job_idx";
  DROP INDEX "job_history_one_open_idx";
  DROP INDEX "job_history_open_idx";
  DROP INDEX "job_history_dead_idx";
  ALTER TABLE "job_history" DROP COLUMN "attempt";
  ALTER TABLE "job_history" DROP COLUMN "worker";
  ALTER TABLE "job_history" DROP COLUMN "dead";
  ALTER TABLE "job_history" DROP COLUMN "progress_done";
  ALTER TABLE "job_history" DROP COLUMN "progress_total";
  ALTER TABLE "job_history" DROP COLUMN "next_attempt_at";
  ALTER TABLE "job_history" DROP COLUMN "input";
  ALTER TABLE "job_history" DROP COLUMN "job_id";
  ALTER TABLE "job_history" DROP COLUMN "lease_ends_at";
  ALTER TABLE "job_history" DROP COLUMN "commits";`)
}
