import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'
import { CREATE_PHOTO_TRIGGERS, DROP_PHOTO_TRIGGERS } from '../photo-triggers.ts'
import {
  CREATE_CAR_SLUGS,
  CREATE_DEALERSHIP_TRIGGER,
  CREATE_SEARCH_EXTENSION,
  DROP_CAR_SLUGS,
  DROP_DEALERSHIP_TRIGGER,
} from '../public-site-schema.ts'
import { CREATE_SETTINGS_ROWS } from '../settings-rows.ts'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql.raw(CREATE_SEARCH_EXTENSION))
  await db.execute(sql`
   CREATE TABLE "feed_secrets" (
  	"feed" varchar(20) PRIMARY KEY NOT NULL,
  	"password" text,
  	"private_key" text,
  	"pull_key_hash" varchar(64),
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "feed_delivery_cars" (
  	"delivery_id" uuid NOT NULL,
  	"car_id" uuid NOT NULL,
  	"vin" varchar(17) NOT NULL,
  	"price" bigint NOT NULL,
  	CONSTRAINT "feed_delivery_cars_delivery_id_car_id_pk" PRIMARY KEY("delivery_id","car_id")
  );
  
  CREATE TABLE "photo_sizes" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"media_id" uuid NOT NULL,
  	"width" integer NOT NULL,
  	"height" integer NOT NULL,
  	"format" varchar(4) NOT NULL,
  	"file_size" integer NOT NULL,
  	"storage_key" varchar(255) NOT NULL
  );
  
  CREATE TABLE "photo_preparations" (
  	"media_id" uuid PRIMARY KEY NOT NULL,
  	"placeholder" varchar(2000),
  	"problem" varchar(500),
  	"prepared_at" timestamp with time zone NOT NULL
  );
  
  CREATE TABLE "car_banners" (
  	"car_id" uuid PRIMARY KEY NOT NULL,
  	"price" numeric(10, 2) NOT NULL,
  	"photo" varchar(500) NOT NULL,
  	"highlight" varchar(80) NOT NULL,
  	"storage_key" varchar(255) NOT NULL,
  	"made_at" timestamp with time zone NOT NULL
  );
  
  CREATE TABLE "photo_checks" (
  	"url" varchar(500) PRIMARY KEY NOT NULL,
  	"status" integer,
  	"problem" varchar(300),
  	"failures" integer DEFAULT 0 NOT NULL,
  	"failing_since" timestamp with time zone,
  	"checked_at" timestamp with time zone NOT NULL
  );
  
  CREATE TABLE "removed_photo_files" (
  	"id" bigserial PRIMARY KEY NOT NULL,
  	"key" varchar(255) NOT NULL
  );
  
  CREATE TABLE "enquiries" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"car_title" varchar(255),
  	"inventory_id" uuid,
  	"name" varchar(100),
  	"email" varchar(255),
  	"phone" varchar(30),
  	"message" varchar,
  	"status" varchar(20) DEFAULT 'new' NOT NULL,
  	"assignee_id" uuid,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "enquiries_status_check" CHECK ("status" IN ('new', 'answered', 'closed'))
  );
  
  CREATE TABLE "dealership" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"name" varchar(100),
  	"phone" varchar(30),
  	"email" varchar(255),
  	"street" varchar(100),
  	"city" varchar(60),
  	"state" varchar(2),
  	"postal_code" varchar(10),
  	"latitude" numeric(9, 6),
  	"longitude" numeric(9, 6),
  	"website_url" varchar(500),
  	"car_url_template" varchar(300),
  	"sales_tax_percent" numeric(6, 3),
  	"document_fee" numeric(10, 2),
  	"registration_fee" numeric(10, 2),
  	"interest_percent" numeric(6, 3),
  	"loan_months" integer,
  	"down_payment_percent" numeric(5, 2),
  	"leads_email" varchar(255),
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "export_feeds" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"feed" varchar(20) NOT NULL,
  	"enabled" boolean DEFAULT false,
  	"dealer_id" varchar(50),
  	"use_banner" boolean DEFAULT false,
  	"use_highlight" boolean DEFAULT false,
  	"mapping" jsonb,
  	"delivery" varchar(20) DEFAULT 'none' NOT NULL,
  	"host" varchar(255),
  	"port" integer,
  	"user_name" varchar(100),
  	"folder" varchar(255),
  	"implicit_tls" boolean DEFAULT false,
  	"host_key" varchar(60),
  	"certificate" varchar(95),
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "export_feeds_feed_check" CHECK ("feed" IN ('autotrader', 'cargurus', 'facebook', 'carsforsale', 'dealer-center', 'jekyll', 'google')),
  	CONSTRAINT "export_feeds_delivery_check" CHECK ("delivery" IN ('none', 'pull', 'ftp', 'ftps', 'sftp', 'folder'))
  );
  
  CREATE TABLE "feed_overrides" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"car_id" uuid NOT NULL,
  	"feed" varchar(20) NOT NULL,
  	"excluded" boolean DEFAULT false,
  	"title" varchar(150),
  	"price" numeric(10, 2),
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "feed_overrides_feed_check" CHECK ("feed" IN ('autotrader', 'cargurus', 'facebook', 'carsforsale', 'dealer-center', 'jekyll', 'google'))
  );
  
  CREATE TABLE "feed_deliveries" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"feed" varchar(20) NOT NULL,
  	"state" varchar(20) NOT NULL,
  	"summary" varchar(100),
  	"cars" integer,
  	"left_out" integer,
  	"added" integer,
  	"removed" integer,
  	"repriced" integer,
  	"bytes" bigint,
  	"error" varchar,
  	"changes" jsonb,
  	"file_name" varchar(100),
  	"sha256" varchar(64),
  	"file_key" varchar(100),
  	"created_at" timestamp with time zone DEFAULT now(),
  	"finished_at" timestamp with time zone,
  	"job_id" uuid,
  	CONSTRAINT "feed_deliveries_feed_check" CHECK ("feed" IN ('autotrader', 'cargurus', 'facebook', 'carsforsale', 'dealer-center', 'jekyll', 'google')),
  	CONSTRAINT "feed_deliveries_state_check" CHECK ("state" IN ('sending', 'delivered', 'held', 'released', 'rejected', 'superseded', 'failed'))
  );
  
  ALTER TABLE "inventory" ADD COLUMN "highlight" varchar(80);
  ALTER TABLE "inventory" ADD COLUMN "slug" varchar(120);
  ALTER TABLE "photo_sizes" ADD CONSTRAINT "photo_sizes_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "photo_preparations" ADD CONSTRAINT "photo_preparations_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "car_banners" ADD CONSTRAINT "car_banners_car_id_inventory_id_fk" FOREIGN KEY ("car_id") REFERENCES "public"."inventory"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "enquiries" ADD CONSTRAINT "enquiries_inventory_id_inventory_id_fk" FOREIGN KEY ("inventory_id") REFERENCES "public"."inventory"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "enquiries" ADD CONSTRAINT "enquiries_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "feed_overrides" ADD CONSTRAINT "feed_overrides_car_id_inventory_id_fk" FOREIGN KEY ("car_id") REFERENCES "public"."inventory"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "feed_secrets_pull_key_idx" ON "feed_secrets" USING btree ("pull_key_hash");
  CREATE UNIQUE INDEX "photo_sizes_media_idx" ON "photo_sizes" USING btree ("media_id","format","width");
  CREATE UNIQUE INDEX "photo_sizes_storage_key_idx" ON "photo_sizes" USING btree ("storage_key");
  CREATE UNIQUE INDEX "car_banners_storage_key_idx" ON "car_banners" USING btree ("storage_key");
  CREATE INDEX "enquiries_inventory_idx" ON "enquiries" USING btree ("inventory_id");
  CREATE INDEX "enquiries_assignee_idx" ON "enquiries" USING btree ("assignee_id");
  CREATE INDEX "enquiries_created_at_idx" ON "enquiries" USING btree ("created_at");
  CREATE INDEX "dealership_created_at_idx" ON "dealership" USING btree ("created_at");
  CREATE UNIQUE INDEX "export_feeds_feed_idx" ON "export_feeds" USING btree ("feed");
  CREATE INDEX "export_feeds_created_at_idx" ON "export_feeds" USING btree ("created_at");
  CREATE INDEX "feed_overrides_car_idx" ON "feed_overrides" USING btree ("car_id");
  CREATE INDEX "feed_overrides_created_at_idx" ON "feed_overrides" USING btree ("created_at");
  CREATE UNIQUE INDEX "feed_overrides_car_feed_idx" ON "feed_overrides" USING btree (car_id, feed);
  CREATE INDEX "feed_deliveries_feed_idx" ON "feed_deliveries" USING btree (feed, created_at DESC);
  CREATE UNIQUE INDEX "inventory_slug_idx" ON "inventory" USING btree ("slug");
  CREATE INDEX "inventory_sold_idx" ON "inventory" USING btree (sold_at DESC) WHERE status = 'sold';`)
  for (const statements of [
    CREATE_CAR_SLUGS,
    CREATE_DEALERSHIP_TRIGGER,
    CREATE_PHOTO_TRIGGERS,
    CREATE_SETTINGS_ROWS,
  ])
    await db.execute(sql.raw(statements))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  for (const triggers of [DROP_PHOTO_TRIGGERS, DROP_DEALERSHIP_TRIGGER, DROP_CAR_SLUGS])
    await db.execute(sql.raw(triggers))
  await db.execute(sql`
   ALTER TABLE "feed_secrets" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "feed_delivery_cars" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "photo_sizes" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "photo_preparations" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "car_banners" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "photo_checks" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "removed_photo_files" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "enquiries" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "dealership" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "export_feeds" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "feed_overrides" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "feed_deliveries" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "feed_secrets" CASCADE;
  DROP TABLE "feed_delivery_cars" CASCADE;
  DROP TABLE "photo_sizes" CASCADE;
  DROP TABLE "photo_preparations" CASCADE;
  DROP TABLE "car_banners" CASCADE;
  DROP TABLE "photo_checks" CASCADE;
  DROP TABLE "removed_photo_files" CASCADE;
  DROP TABLE "enquiries" CASCADE;
  DROP TABLE "dealership" CASCADE;
  DROP TABLE "export_feeds" CASCADE;
  DROP TABLE "feed_overrides" CASCADE;
  DROP TABLE "feed_deliveries" CASCADE;
  DROP INDEX "inventory_slug_idx";
  DROP INDEX "inventory_sold_idx";
  ALTER TABLE "inventory" DROP COLUMN "highlight";
  ALTER TABLE "inventory" DROP COLUMN "slug";`)
}
