import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

/** Generated, but for the references to tables of collections, which drizzle can't say of tables that no collection stands for. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "scrape_origins" (
  	"origin" text PRIMARY KEY NOT NULL,
  	"next_free_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"holder" uuid,
  	"held_until" timestamp with time zone,
  	"robots" text,
  	"robots_status" integer,
  	"robots_at" timestamp with time zone
  );
  
  CREATE TABLE "scrape_runs" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"competitor_id" uuid NOT NULL,
  	"state" text DEFAULT 'fetching' NOT NULL,
  	"platform" text,
  	"started_at" timestamp with time zone NOT NULL,
  	"ended_at" timestamp with time zone,
  	"found" integer,
  	"dropped" integer,
  	"announced" integer,
  	"complete" boolean,
  	"changes" jsonb,
  	"error_type" text,
  	"error" text,
  	"decided_by" uuid,
  	"decided_at" timestamp with time zone
  );
  
  CREATE TABLE "scrape_requests" (
  	"id" bigserial PRIMARY KEY NOT NULL,
  	"run_id" uuid NOT NULL,
  	"url_key" text NOT NULL,
  	"request" jsonb NOT NULL,
  	"state" text DEFAULT 'waiting' NOT NULL,
  	"attempts" integer DEFAULT 0 NOT NULL,
  	"put_off" integer DEFAULT 0 NOT NULL,
  	"lease_until" timestamp with time zone,
  	"fetched_at" timestamp with time zone,
  	"status" integer,
  	"etag" text,
  	"sha256" text,
  	"cars_key" text,
  	"repeats" boolean DEFAULT false NOT NULL,
  	"announced" integer,
  	"dropped" jsonb,
  	"error" text
  );
  
  CREATE TABLE "scrape_found" (
  	"id" bigserial PRIMARY KEY NOT NULL,
  	"run_id" uuid NOT NULL,
  	"request_id" bigint NOT NULL,
  	"listing" jsonb NOT NULL
  );
  
  CREATE TABLE "scrape_pages" (
  	"competitor_id" uuid NOT NULL,
  	"url_key" text NOT NULL,
  	"etag" text,
  	"last_modified" text,
  	"url" text NOT NULL,
  	"content_type" text NOT NULL,
  	"body" "bytea" NOT NULL,
  	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "scrape_pages_competitor_id_url_key_pk" PRIMARY KEY("competitor_id","url_key")
  );
  
  CREATE TABLE "competitor_absences" (
  	"car_id" uuid PRIMARY KEY NOT NULL,
  	"missed_runs" integer NOT NULL,
  	"missing_since" timestamp with time zone NOT NULL,
  	"moved_to" uuid
  );
  
  ALTER TABLE "scrape_requests" ADD CONSTRAINT "scrape_requests_run_id_scrape_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."scrape_runs"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "scrape_found" ADD CONSTRAINT "scrape_found_run_id_scrape_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."scrape_runs"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "scrape_runs" ADD CONSTRAINT "scrape_runs_competitor_id_fk" FOREIGN KEY ("competitor_id") REFERENCES "competitors"("id") ON DELETE cascade;
  ALTER TABLE "scrape_runs" ADD CONSTRAINT "scrape_runs_decided_by_fk" FOREIGN KEY ("decided_by") REFERENCES "users"("id") ON DELETE set null;
  ALTER TABLE "scrape_pages" ADD CONSTRAINT "scrape_pages_competitor_id_fk" FOREIGN KEY ("competitor_id") REFERENCES "competitors"("id") ON DELETE cascade;
  ALTER TABLE "competitor_absences" ADD CONSTRAINT "competitor_absences_car_id_fk" FOREIGN KEY ("car_id") REFERENCES "competitor_inventory"("id") ON DELETE cascade;
  ALTER TABLE "competitor_absences" ADD CONSTRAINT "competitor_absences_moved_to_fk" FOREIGN KEY ("moved_to") REFERENCES "competitors"("id") ON DELETE set null;
  CREATE INDEX "scrape_runs_competitor_started_idx" ON "scrape_runs" USING btree ("competitor_id","started_at");
  CREATE UNIQUE INDEX "scrape_runs_fetching_idx" ON "scrape_runs" USING btree ("competitor_id") WHERE "scrape_runs"."state" = 'fetching';
  CREATE UNIQUE INDEX "scrape_requests_run_url_idx" ON "scrape_requests" USING btree ("run_id","url_key");
  CREATE INDEX "scrape_found_run_idx" ON "scrape_found" USING btree ("run_id");
  CREATE INDEX "competitor_inventory_vin_idx" ON "competitor_inventory" USING btree (vin);`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "scrape_origins" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "scrape_runs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "scrape_requests" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "scrape_found" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "scrape_pages" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "competitor_absences" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "scrape_origins" CASCADE;
  DROP TABLE "scrape_runs" CASCADE;
  DROP TABLE "scrape_requests" CASCADE;
  DROP TABLE "scrape_found" CASCADE;
  DROP TABLE "scrape_pages" CASCADE;
  DROP TABLE "competitor_absences" CASCADE;
  DROP INDEX "competitor_inventory_vin_idx";`)
}
