import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "demo_rows" (
  	"made_in" text NOT NULL,
  	"row_id" uuid NOT NULL,
  	CONSTRAINT "demo_rows_made_in_row_id_pk" PRIMARY KEY("made_in","row_id")
  );
  
  CREATE TABLE "inventory" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"title" varchar(255),
  	"vin" varchar(17) NOT NULL,
  	"stock_number" varchar(50),
  	"year" integer NOT NULL,
  	"make" varchar(100) NOT NULL,
  	"model" varchar(100) NOT NULL,
  	"trim" varchar(100),
  	"body_style" varchar(50),
  	"doors" integer,
  	"exterior_color" varchar(100),
  	"interior_color" varchar(100),
  	"engine" varchar(100),
  	"transmission" varchar(50),
  	"fuel_type" varchar(50),
  	"drivetrain" varchar(50),
  	"mileage" integer NOT NULL,
  	"mpg_city" integer,
  	"mpg_highway" integer,
  	"condition" varchar(50),
  	"price" numeric(10, 2) NOT NULL,
  	"cost" numeric(10, 2),
  	"msrp" numeric(10, 2),
  	"featured" boolean DEFAULT false,
  	"images" jsonb,
  	"description" varchar,
  	"features" jsonb,
  	"title_status" varchar(50),
  	"owners" integer,
  	"accidents" integer,
  	"service_records" boolean,
  	"warranty" varchar,
  	"carfax_url" varchar(500),
  	"autocheck_url" varchar(500),
  	"source_submission_id" uuid,
  	"created_by" uuid,
  	"updated_by" uuid,
  	"listed_at" timestamp with time zone,
  	"sold_at" timestamp with time zone,
  	"thumbnail" varchar(500),
  	"status" varchar(20) DEFAULT 'available' NOT NULL,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "inventory_mileage_check" CHECK ("mileage" > 0),
  	CONSTRAINT "inventory_price_check" CHECK ("price" > 0),
  	CONSTRAINT "inventory_status_check" CHECK ("status" IN ('available', 'pending', 'hold', 'sold'))
  );
  
  CREATE TABLE "media" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"alt" varchar(255),
  	"on_show" boolean DEFAULT false,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"url" varchar,
  	"thumbnail_u_r_l" varchar,
  	"filename" varchar,
  	"mime_type" varchar,
  	"filesize" numeric,
  	"width" numeric,
  	"height" numeric,
  	"focal_x" numeric,
  	"focal_y" numeric,
  	"sizes_thumbnail_url" varchar,
  	"sizes_thumbnail_width" numeric,
  	"sizes_thumbnail_height" numeric,
  	"sizes_thumbnail_mime_type" varchar,
  	"sizes_thumbnail_filesize" numeric,
  	"sizes_thumbnail_filename" varchar,
  	"sizes_card_url" varchar,
  	"sizes_card_width" numeric,
  	"sizes_card_height" numeric,
  	"sizes_card_mime_type" varchar,
  	"sizes_card_filesize" numeric,
  	"sizes_card_filename" varchar
  );
  
  CREATE TABLE "pending_submissions" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"year" integer NOT NULL,
  	"make" varchar(100) NOT NULL,
  	"model" varchar(100) NOT NULL,
  	"trim" varchar(100),
  	"vin" varchar(17),
  	"mileage" integer,
  	"asking_price" numeric(10, 2),
  	"condition" varchar(50),
  	"transmission" varchar(50),
  	"fuel_type" varchar(50),
  	"exterior_color" varchar(100),
  	"interior_color" varchar(100),
  	"customer_name" varchar(255),
  	"customer_email" varchar(255),
  	"customer_phone" varchar(50),
  	"additional_notes" varchar,
  	"images" jsonb,
  	"submission_status" varchar(20) DEFAULT 'pending' NOT NULL,
  	"submitted_at" timestamp with time zone DEFAULT now(),
  	"reviewed_at" timestamp with time zone,
  	"reviewed_by" uuid,
  	"rejection_reason" varchar,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "pending_submissions_submission_status_check" CHECK ("submission_status" IN ('pending', 'approved', 'rejected'))
  );
  
  CREATE TABLE "users_sessions" (
  	"_order" integer NOT NULL,
  	"_parent_id" uuid NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"created_at" timestamp(3) with time zone,
  	"expires_at" timestamp(3) with time zone NOT NULL
  );
  
  CREATE TABLE "users" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"name" varchar(255) NOT NULL,
  	"role" varchar(20) DEFAULT 'viewer' NOT NULL,
  	"is_active" boolean DEFAULT true,
  	"oauth_provider" varchar(50) NOT NULL,
  	"oauth_id" varchar(255) NOT NULL,
  	"avatar_url" varchar,
  	"last_login" timestamp with time zone,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"email" varchar(255) NOT NULL,
  	"reset_password_token" varchar,
  	"reset_password_expiration" timestamp with time zone,
  	"salt" varchar,
  	"hash" varchar,
  	"reset_password_requested_at" timestamp with time zone,
  	"login_attempts" numeric DEFAULT 0,
  	"lock_until" timestamp with time zone,
  	CONSTRAINT "users_role_check" CHECK ("role" IN ('admin', 'manager', 'viewer'))
  );
  
  CREATE TABLE "payload_preferences" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"key" varchar,
  	"value" jsonb,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payload_preferences_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" uuid NOT NULL,
  	"path" varchar NOT NULL,
  	"users_id" uuid
  );
  
  CREATE TABLE "payload_migrations" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"name" varchar,
  	"batch" numeric,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "inventory" ADD CONSTRAINT "inventory_source_submission_id_pending_submissions_id_fk" FOREIGN KEY ("source_submission_id") REFERENCES "public"."pending_submissions"("id") ON DELETE no action ON UPDATE no action;
  ALTER TABLE "inventory" ADD CONSTRAINT "inventory_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
  ALTER TABLE "inventory" ADD CONSTRAINT "inventory_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
  ALTER TABLE "pending_submissions" ADD CONSTRAINT "pending_submissions_reviewed_by_users_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
  ALTER TABLE "users_sessions" ADD CONSTRAINT "users_sessions_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."payload_preferences"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_users_fk" FOREIGN KEY ("users_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  CREATE UNIQUE INDEX "inventory_vin_idx" ON "inventory" USING btree ("vin");
  CREATE UNIQUE INDEX "inventory_stock_number_idx" ON "inventory" USING btree ("stock_number");
  CREATE INDEX "inventory_source_submission_idx" ON "inventory" USING btree ("source_submission_id");
  CREATE INDEX "inventory_created_by_idx" ON "inventory" USING btree ("created_by");
  CREATE INDEX "inventory_updated_by_idx" ON "inventory" USING btree ("updated_by");
  CREATE INDEX "inventory_created_at_idx" ON "inventory" USING btree ("created_at");
  CREATE INDEX "inventory_status_listed_idx" ON "inventory" USING btree (status, listed_at DESC, created_at DESC);
  CREATE INDEX "inventory_status_price_idx" ON "inventory" USING btree (status, price, created_at DESC);
  CREATE INDEX "inventory_status_make_price_idx" ON "inventory" USING btree (status, make, price);
  CREATE INDEX "inventory_images_idx" ON "inventory" USING gin (images jsonb_path_ops);
  CREATE INDEX "media_created_at_idx" ON "media" USING btree ("created_at");
  CREATE UNIQUE INDEX "media_filename_idx" ON "media" USING btree ("filename");
  CREATE INDEX "media_sizes_thumbnail_sizes_thumbnail_filename_idx" ON "media" USING btree ("sizes_thumbnail_filename");
  CREATE INDEX "media_sizes_card_sizes_card_filename_idx" ON "media" USING btree ("sizes_card_filename");
  CREATE UNIQUE INDEX "pending_submissions_vin_idx" ON "pending_submissions" USING btree ("vin");
  CREATE INDEX "pending_submissions_reviewed_by_idx" ON "pending_submissions" USING btree ("reviewed_by");
  CREATE INDEX "pending_submissions_created_at_idx" ON "pending_submissions" USING btree ("created_at");
  CREATE INDEX "users_sessions_order_idx" ON "users_sessions" USING btree ("_order");
  CREATE INDEX "users_sessions_parent_id_idx" ON "users_sessions" USING btree ("_parent_id");
  CREATE INDEX "users_created_at_idx" ON "users" USING btree ("created_at");
  CREATE UNIQUE INDEX "users_email_idx" ON "users" USING btree ("email");
  CREATE UNIQUE INDEX "users_provider_subject_idx" ON "users" USING btree ("oauth_provider", "oauth_id");
  CREATE INDEX "payload_preferences_key_idx" ON "payload_preferences" USING btree ("key");
  CREATE INDEX "payload_preferences_updated_at_idx" ON "payload_preferences" USING btree ("updated_at");
  CREATE INDEX "payload_preferences_created_at_idx" ON "payload_preferences" USING btree ("created_at");
  CREATE INDEX "payload_preferences_rels_order_idx" ON "payload_preferences_rels" USING btree ("order");
  CREATE INDEX "payload_preferences_rels_parent_idx" ON "payload_preferences_rels" USING btree ("parent_id");
  CREATE INDEX "payload_preferences_rels_path_idx" ON "payload_preferences_rels" USING btree ("path");
  CREATE INDEX "payload_preferences_rels_users_id_idx" ON "payload_preferences_rels" USING btree ("users_id");
  CREATE INDEX "payload_migrations_updated_at_idx" ON "payload_migrations" USING btree ("updated_at");
  CREATE INDEX "payload_migrations_created_at_idx" ON "payload_migrations" USING btree ("created_at");`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "demo_rows" CASCADE;
  DROP TABLE "inventory" CASCADE;
  DROP TABLE "media" CASCADE;
  DROP TABLE "pending_submissions" CASCADE;
  DROP TABLE "users_sessions" CASCADE;
  DROP TABLE "users" CASCADE;
  DROP TABLE "payload_preferences" CASCADE;
  DROP TABLE "payload_preferences_rels" CASCADE;
  DROP TABLE "payload_migrations" CASCADE;`)
}
