import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_HISTORY_TRIGGERS, DROP_HISTORY_TRIGGERS } from '../history-triggers.ts'
import {
  CREATE_STAGE_TRIGGERS,
  DROP_STAGE_TRIGGERS,
  RELEASE_DUPLICATE_SOURCES,
} from '../stage-triggers.ts'
import { CREATE_SUBMISSION_TRIGGERS, DROP_SUBMISSION_TRIGGERS } from '../submission-triggers.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(RELEASE_DUPLICATE_SOURCES))
  await db.execute(sql`
   CREATE TABLE "shared_histories" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"submission_id" uuid NOT NULL,
  	"inventory_id" uuid,
  	"head" varchar(64) NOT NULL,
  	"records" text NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "shared_histories_submission_unique" UNIQUE("submission_id"),
  	CONSTRAINT "shared_histories_inventory_unique" UNIQUE("inventory_id")
  );
  
  CREATE TABLE "submission_photos" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"submission_id" uuid NOT NULL,
  	"position" integer NOT NULL,
  	"content_type" varchar(128) NOT NULL,
  	"file_size" bigint NOT NULL,
  	"file_hash" varchar(128) NOT NULL,
  	"storage_key" varchar(512) NOT NULL,
  	"in_answer" boolean DEFAULT false NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "price_batches" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"summary" varchar(255) NOT NULL,
  	"rule" varchar(20) NOT NULL,
  	"value" numeric(12, 2) NOT NULL,
  	"cars" integer NOT NULL,
  	"round_to_95" boolean,
  	"allow_below_cost" boolean,
  	"changed_by" uuid,
  	"changed_at" timestamp with time zone DEFAULT now(),
  	"undone_by" uuid,
  	"undone_at" timestamp with time zone,
  	"note" varchar(500),
  	CONSTRAINT "price_batches_rule_check" CHECK ("rule" IN ('amount', 'percent', 'percentOfMarket'))
  );
  
  CREATE TABLE "appraisals" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"submission_id" uuid NOT NULL,
  	"exterior" varchar(20) DEFAULT 'not_checked' NOT NULL,
  	"exterior_note" varchar(500),
  	"interior" varchar(20) DEFAULT 'not_checked' NOT NULL,
  	"interior_note" varchar(500),
  	"mechanical" varchar(20) DEFAULT 'not_checked' NOT NULL,
  	"mechanical_note" varchar(500),
  	"tires" varchar(20) DEFAULT 'not_checked' NOT NULL,
  	"tires_note" varchar(500),
  	"brakes" varchar(20) DEFAULT 'not_checked' NOT NULL,
  	"brakes_note" varchar(500),
  	"glass" varchar(20) DEFAULT 'not_checked' NOT NULL,
  	"glass_note" varchar(500),
  	"electronics" varchar(20) DEFAULT 'not_checked' NOT NULL,
  	"electronics_note" varchar(500),
  	"test_drive" varchar(20) DEFAULT 'not_checked' NOT NULL,
  	"test_drive_note" varchar(500),
  	"reconditioning" numeric(10, 2),
  	"payoff" numeric(10, 2),
  	"offer" numeric(10, 2),
  	"notes" varchar,
  	"appraised_by" uuid,
  	"appraised_at" timestamp with time zone,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "appraisals_exterior_check" CHECK ("exterior" IN ('not_checked', 'good', 'fair', 'poor')),
  	CONSTRAINT "appraisals_interior_check" CHECK ("interior" IN ('not_checked', 'good', 'fair', 'poor')),
  	CONSTRAINT "appraisals_mechanical_check" CHECK ("mechanical" IN ('not_checked', 'good', 'fair', 'poor')),
  	CONSTRAINT "appraisals_tires_check" CHECK ("tires" IN ('not_checked', 'good', 'fair', 'poor')),
  	CONSTRAINT "appraisals_brakes_check" CHECK ("brakes" IN ('not_checked', 'good', 'fair', 'poor')),
  	CONSTRAINT "appraisals_glass_check" CHECK ("glass" IN ('not_checked', 'good', 'fair', 'poor')),
  	CONSTRAINT "appraisals_electronics_check" CHECK ("electronics" IN ('not_checked', 'good', 'fair', 'poor')),
  	CONSTRAINT "appraisals_test_drive_check" CHECK ("test_drive" IN ('not_checked', 'good', 'fair', 'poor'))
  );
  
  ALTER TABLE "price_changes" DROP CONSTRAINT "price_changes_reason_check";
  ALTER TABLE "pending_submissions" DROP CONSTRAINT "pending_submissions_submission_status_check";
  DROP INDEX "pending_submissions_open_vin_idx";
  ALTER TABLE "inventory" ADD COLUMN "history_head" varchar(64);
  ALTER TABLE "inventory" ADD COLUMN "sold_price" numeric(10, 2);
  ALTER TABLE "inventory" ADD COLUMN "held_until_date" date;
  ALTER TABLE "inventory" ADD COLUMN "buyer_note" varchar(500);
  ALTER TABLE "price_changes" ADD COLUMN "batch_id" uuid;
  ALTER TABLE "pending_submissions" ADD COLUMN "reference" varchar(20);
  ALTER TABLE "pending_submissions" ADD COLUMN "question" varchar;
  ALTER TABLE "pending_submissions" ADD COLUMN "answer" varchar;
  ALTER TABLE "pending_submissions" ADD COLUMN "link_version" integer DEFAULT 1;
  ALTER TABLE "pending_submissions" ADD COLUMN "link_opened_at" timestamp with time zone;
  ALTER TABLE "pending_submissions" ADD COLUMN "history_head" varchar(64);
  ALTER TABLE "pending_submissions" ADD COLUMN "vehicle_id" uuid;
  ALTER TABLE "pending_submissions" ADD COLUMN "owner_id" varchar(255);
  ALTER TABLE "pending_submissions" ADD COLUMN "assignee_id" uuid;
  ALTER TABLE "pending_submissions" ADD COLUMN "stage_changed_at" timestamp with time zone DEFAULT now();
  ALTER TABLE "pending_submissions" ADD COLUMN "waiting_since_at" timestamp with time zone;
  ALTER TABLE "shared_histories" ADD CONSTRAINT "shared_histories_submission_id_pending_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."pending_submissions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "shared_histories" ADD CONSTRAINT "shared_histories_inventory_id_inventory_id_fk" FOREIGN KEY ("inventory_id") REFERENCES "public"."inventory"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "submission_photos" ADD CONSTRAINT "submission_photos_submission_id_pending_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."pending_submissions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "price_batches" ADD CONSTRAINT "price_batches_changed_by_users_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "price_batches" ADD CONSTRAINT "price_batches_undone_by_users_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "appraisals" ADD CONSTRAINT "appraisals_submission_id_pending_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."pending_submissions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "appraisals" ADD CONSTRAINT "appraisals_appraised_by_users_id_fk" FOREIGN KEY ("appraised_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  CREATE UNIQUE INDEX "submission_photos_position_idx" ON "submission_photos" USING btree ("submission_id","position");
  CREATE UNIQUE INDEX "submission_photos_hash_idx" ON "submission_photos" USING btree ("submission_id","file_hash");
  CREATE INDEX "submission_photos_storage_key_idx" ON "submission_photos" USING btree ("storage_key");
  CREATE INDEX "price_batches_changed_by_idx" ON "price_batches" USING btree ("changed_by");
  CREATE INDEX "price_batches_undone_by_idx" ON "price_batches" USING btree ("undone_by");
  CREATE INDEX "price_batches_changed_idx" ON "price_batches" USING btree (changed_at DESC);
  CREATE UNIQUE INDEX "appraisals_submission_idx" ON "appraisals" USING btree ("submission_id");
  CREATE INDEX "appraisals_appraised_by_idx" ON "appraisals" USING btree ("appraised_by");
  CREATE INDEX "appraisals_created_at_idx" ON "appraisals" USING btree ("created_at");
  ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_batch_id_price_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."price_batches"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "pending_submissions" ADD CONSTRAINT "pending_submissions_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "pending_submissions" ADD CONSTRAINT "pending_submissions_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  CREATE UNIQUE INDEX "inventory_submission_unique_idx" ON "inventory" USING btree (source_submission_id) WHERE source_submission_id IS NOT NULL;
  CREATE INDEX "price_changes_batch_idx" ON "price_changes" USING btree (batch_id) WHERE batch_id IS NOT NULL;
  CREATE UNIQUE INDEX "pending_submissions_reference_idx" ON "pending_submissions" USING btree ("reference");
  CREATE INDEX "pending_submissions_vehicle_idx" ON "pending_submissions" USING btree ("vehicle_id");
  CREATE INDEX "pending_submissions_owner_id_idx" ON "pending_submissions" USING btree ("owner_id");
  CREATE INDEX "pending_submissions_assignee_idx" ON "pending_submissions" USING btree ("assignee_id");
  CREATE INDEX "pending_submissions_waiting_idx" ON "pending_submissions" USING btree (waiting_since_at, submitted_at DESC);
  CREATE UNIQUE INDEX "pending_submissions_open_vin_idx" ON "pending_submissions" USING btree (vin) WHERE submission_status IN ('pending', 'in_review', 'info_wanted');
  ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_reason_check" CHECK ("reason" IN ('edit', 'suggestion', 'import', 'batch', 'undo'));
  ALTER TABLE "pending_submissions" ADD CONSTRAINT "pending_submissions_submission_status_check" CHECK ("submission_status" IN ('pending', 'in_review', 'info_wanted', 'approved', 'rejected', 'withdrawn'));`)
  for (const triggers of [
    CREATE_SUBMISSION_TRIGGERS,
    CREATE_STAGE_TRIGGERS,
    CREATE_HISTORY_TRIGGERS,
  ])
    await db.execute(sql.raw(triggers))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  for (const triggers of [DROP_HISTORY_TRIGGERS, DROP_STAGE_TRIGGERS, DROP_SUBMISSION_TRIGGERS])
    await db.execute(sql.raw(triggers))
  await db.execute(sql`
   UPDATE "pending_submissions" SET "submission_status" = 'pending'
     WHERE "submission_status" IN ('in_review', 'info_wanted');
   UPDATE "pending_submissions" SET "submission_status" = 'rejected'
     WHERE "submission_status" = 'withdrawn';
   UPDATE "price_changes" SET "reason" = 'edit' WHERE "reason" IN ('batch', 'undo');`)
  await db.execute(sql`
   ALTER TABLE "shared_histories" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "submission_photos" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "price_batches" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "appraisals" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "shared_histories" CASCADE;
  DROP TABLE "submission_photos" CASCADE;
  ALTER TABLE "price_changes" DROP CONSTRAINT "price_changes_batch_id_price_batches_id_fk";
  DROP TABLE "price_batches" CASCADE;
  DROP TABLE "appraisals" CASCADE;
  ALTER TABLE "price_changes" DROP CONSTRAINT "price_changes_reason_check";
  ALTER TABLE "pending_submissions" DROP CONSTRAINT "pending_submissions_submission_status_check";
  ALTER TABLE "pending_submissions" DROP CONSTRAINT "pending_submissions_vehicle_id_vehicles_id_fk";
  
  ALTER TABLE "pending_submissions" DROP CONSTRAINT "pending_submissions_assignee_id_users_id_fk";
  
  DROP INDEX "inventory_submission_unique_idx";
  DROP INDEX "price_changes_batch_idx";
  DROP INDEX "pending_submissions_reference_idx";
  DROP INDEX "pending_submissions_vehicle_idx";
  DROP INDEX "pending_submissions_owner_id_idx";
  DROP INDEX "pending_submissions_assignee_idx";
  DROP INDEX "pending_submissions_waiting_idx";
  DROP INDEX "pending_submissions_open_vin_idx";
  CREATE UNIQUE INDEX "pending_submissions_open_vin_idx" ON "pending_submissions" USING btree (vin) WHERE submission_status <> 'rejected';
  ALTER TABLE "inventory" DROP COLUMN "history_head";
  ALTER TABLE "inventory" DROP COLUMN "sold_price";
  ALTER TABLE "inventory" DROP COLUMN "held_until_date";
  ALTER TABLE "inventory" DROP COLUMN "buyer_note";
  ALTER TABLE "price_changes" DROP COLUMN "batch_id";
  ALTER TABLE "pending_submissions" DROP COLUMN "reference";
  ALTER TABLE "pending_submissions" DROP COLUMN "question";
  ALTER TABLE "pending_submissions" DROP COLUMN "answer";
  ALTER TABLE "pending_submissions" DROP COLUMN "link_version";
  ALTER TABLE "pending_submissions" DROP COLUMN "link_opened_at";
  ALTER TABLE "pending_submissions" DROP COLUMN "history_head";
  ALTER TABLE "pending_submissions" DROP COLUMN "vehicle_id";
  ALTER TABLE "pending_submissions" DROP COLUMN "owner_id";
  ALTER TABLE "pending_submissions" DROP COLUMN "assignee_id";
  ALTER TABLE "pending_submissions" DROP COLUMN "stage_changed_at";
  ALTER TABLE "pending_submissions" DROP COLUMN "waiting_since_at";
  ALTER TABLE "price_changes" ADD CONSTRAINT "price_changes_reason_check" CHECK ("reason" IN ('edit', 'suggestion', 'import'));
  ALTER TABLE "pending_submissions" ADD CONSTRAINT "pending_submissions_submission_status_check" CHECK ("submission_status" IN ('pending', 'approved', 'rejected'));`)
}
