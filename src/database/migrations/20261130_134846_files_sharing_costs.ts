import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_FILE_TRIGGERS, DROP_FILE_TRIGGERS } from '../file-triggers.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "attached_files" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"document_id" uuid,
  	"fuel_log_id" uuid,
  	"maintenance_log_id" uuid,
  	"vehicle_id" uuid,
  	"file_name" varchar(255) NOT NULL,
  	"content_type" varchar(128) NOT NULL,
  	"file_size" bigint NOT NULL,
  	"file_hash" varchar(128),
  	"storage_bucket" varchar(128),
  	"storage_key" varchar(512) NOT NULL,
  	"preview_key" varchar(512),
  	"preview_size" bigint DEFAULT 0 NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "attached_files_one_row_check" CHECK (num_nonnulls(document_id, fuel_log_id, maintenance_log_id, vehicle_id) = 1)
  );
  
  CREATE TABLE "removed_files" (
  	"id" bigserial PRIMARY KEY NOT NULL,
  	"bucket" varchar(128),
  	"key" varchar(512) NOT NULL
  );
  
  CREATE TABLE "vehicle_shares" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"vehicle_id" uuid NOT NULL,
  	"email" varchar(255) NOT NULL,
  	"guest_id" varchar(255),
  	"role" varchar(10) NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"expires_at" timestamp with time zone NOT NULL,
  	"accepted_at" timestamp with time zone,
  	CONSTRAINT "vehicle_shares_vehicle_email_unique" UNIQUE("vehicle_id","email"),
  	CONSTRAINT "vehicle_shares_vehicle_guest_unique" UNIQUE("vehicle_id","guest_id")
  );
  
  CREATE TABLE "vehicle_transfers" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"vehicle_id" uuid NOT NULL,
  	"email" varchar(255) NOT NULL,
  	"with_costs" boolean NOT NULL,
  	"with_documents" boolean NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"expires_at" timestamp with time zone NOT NULL,
  	CONSTRAINT "vehicle_transfers_vehicle_unique" UNIQUE("vehicle_id")
  );
  
  CREATE TABLE "ownership_costs" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"vehicle_id" uuid NOT NULL,
  	"kind" varchar(20) NOT NULL,
  	"title" varchar(200),
  	"amount" numeric(10, 2) NOT NULL,
  	"interval_months" integer NOT NULL,
  	"start_date" date NOT NULL,
  	"end_date" date,
  	"notes" varchar,
  	"import_fingerprint" varchar(64),
  	"written_by" varchar(255),
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "ownership_costs_kind_check" CHECK ("kind" IN ('insurance', 'registration', 'tax', 'loan', 'other')),
  	CONSTRAINT "ownership_costs_days_check" CHECK (end_date >= start_date)
  );
  
  ALTER TABLE "fuel_logs" ADD COLUMN "import_fingerprint" varchar(64);
  ALTER TABLE "fuel_logs" ADD COLUMN "written_by" varchar(255);
  ALTER TABLE "maintenance_logs" ADD COLUMN "import_fingerprint" varchar(64);
  ALTER TABLE "maintenance_logs" ADD COLUMN "written_by" varchar(255);
  ALTER TABLE "maintenance_schedules" ADD COLUMN "import_fingerprint" varchar(64);
  ALTER TABLE "maintenance_schedules" ADD COLUMN "written_by" varchar(255);
  ALTER TABLE "documents" ADD COLUMN "written_by" varchar(255);
  ALTER TABLE "attached_files" ADD CONSTRAINT "attached_files_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "attached_files" ADD CONSTRAINT "attached_files_fuel_log_id_fuel_logs_id_fk" FOREIGN KEY ("fuel_log_id") REFERENCES "public"."fuel_logs"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "attached_files" ADD CONSTRAINT "attached_files_maintenance_log_id_maintenance_logs_id_fk" FOREIGN KEY ("maintenance_log_id") REFERENCES "public"."maintenance_logs"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "attached_files" ADD CONSTRAINT "attached_files_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "vehicle_shares" ADD CONSTRAINT "vehicle_shares_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "vehicle_transfers" ADD CONSTRAINT "vehicle_transfers_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "ownership_costs" ADD CONSTRAINT "ownership_costs_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "attached_files_user_id_idx" ON "attached_files" USING btree ("user_id");
  CREATE INDEX "attached_files_document_idx" ON "attached_files" USING btree ("document_id");
  CREATE INDEX "attached_files_fuel_log_idx" ON "attached_files" USING btree ("fuel_log_id");
  CREATE INDEX "attached_files_maintenance_log_idx" ON "attached_files" USING btree ("maintenance_log_id");
  CREATE UNIQUE INDEX "attached_files_vehicle_idx" ON "attached_files" USING btree ("vehicle_id");
  CREATE INDEX "attached_files_storage_key_idx" ON "attached_files" USING btree ("storage_key");
  CREATE INDEX "attached_files_preview_key_idx" ON "attached_files" USING btree ("preview_key");
  CREATE INDEX "vehicle_shares_guest_idx" ON "vehicle_shares" USING btree ("guest_id");
  CREATE INDEX "vehicle_shares_email_idx" ON "vehicle_shares" USING btree ("email");
  CREATE INDEX "vehicle_transfers_email_idx" ON "vehicle_transfers" USING btree ("email");
  CREATE INDEX "ownership_costs_user_id_idx" ON "ownership_costs" USING btree ("user_id");
  CREATE INDEX "ownership_costs_vehicle_idx" ON "ownership_costs" USING btree ("vehicle_id");
  CREATE INDEX "ownership_costs_start_date_idx" ON "ownership_costs" USING btree ("start_date");
  CREATE INDEX "ownership_costs_created_at_idx" ON "ownership_costs" USING btree ("created_at");
  SELECT "forecourt_watch_owner_table"('ownership_costs'::regclass);
  SELECT "forecourt_tell_owner_table"('ownership_costs'::regclass);`)
  await db.execute(sql.raw(CREATE_FILE_TRIGGERS))
  await db.execute(sql`SELECT "forecourt_recount_owner_bytes"();`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(DROP_FILE_TRIGGERS))
  await db.execute(sql`
   DROP TABLE "attached_files" CASCADE;
  DROP TABLE "removed_files" CASCADE;
  DROP TABLE "vehicle_shares" CASCADE;
  DROP TABLE "vehicle_transfers" CASCADE;
  DROP TABLE "ownership_costs" CASCADE;
  ALTER TABLE "fuel_logs" DROP COLUMN "import_fingerprint";
  ALTER TABLE "fuel_logs" DROP COLUMN "written_by";
  ALTER TABLE "maintenance_logs" DROP COLUMN "import_fingerprint";
  ALTER TABLE "maintenance_logs" DROP COLUMN "written_by";
  ALTER TABLE "maintenance_schedules" DROP COLUMN "import_fingerprint";
  ALTER TABLE "maintenance_schedules" DROP COLUMN "written_by";
  ALTER TABLE "documents" DROP COLUMN "written_by";`)
}
