import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "trail_counts" (
  	"actor" text NOT NULL,
  	"minute" timestamp with time zone NOT NULL,
  	"seen" integer NOT NULL,
  	"beyond" jsonb NOT NULL,
  	CONSTRAINT "trail_counts_actor_minute_pk" PRIMARY KEY("actor","minute")
  );
  
  CREATE TABLE "vehicles" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"title" varchar(255),
  	"user_id" varchar(255) NOT NULL,
  	"vin" varchar(17),
  	"license_plate" varchar(20),
  	"nickname" varchar(100),
  	"year" integer,
  	"make" varchar(100),
  	"model" varchar(100),
  	"trim" varchar(100),
  	"engine" varchar(100),
  	"transmission" varchar(100),
  	"color" varchar(50),
  	"odometer_reading" integer DEFAULT 0,
  	"is_active" boolean DEFAULT true,
  	"image_bucket" varchar(128),
  	"image_key" varchar(512),
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"deleted_at" timestamp with time zone,
  	CONSTRAINT "vehicles_identity_check" CHECK (vin IS NOT NULL OR license_plate IS NOT NULL)
  );
  
  CREATE TABLE "fuel_logs" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"vehicle_id" uuid NOT NULL,
  	"date_time" timestamp with time zone NOT NULL,
  	"odometer" numeric,
  	"trip_distance" numeric,
  	"fuel_units" numeric(10, 3) NOT NULL,
  	"cost_per_unit" numeric(10, 3) NOT NULL,
  	"total_cost" numeric(10, 2),
  	"fuel_type" varchar(50),
  	"fuel_grade" varchar(50),
  	"location_data" varchar(500),
  	"notes" varchar,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "maintenance_logs" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"vehicle_id" uuid NOT NULL,
  	"category" varchar(50) NOT NULL,
  	"subtypes" text[],
  	"service_date" date NOT NULL,
  	"odometer" integer,
  	"cost" numeric(10, 2),
  	"shop_name" varchar(200),
  	"notes" varchar,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "maintenance_schedules" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"vehicle_id" uuid NOT NULL,
  	"category" varchar(50) NOT NULL,
  	"subtypes" text[],
  	"interval_months" integer,
  	"interval_miles" integer,
  	"last_service_date" date,
  	"last_service_mileage" integer,
  	"next_due_date" date,
  	"next_due_mileage" integer,
  	"email_notifications" boolean DEFAULT false,
  	"notes" varchar,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "documents" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"vehicle_id" uuid NOT NULL,
  	"title" varchar(200) NOT NULL,
  	"document_type" varchar(32) NOT NULL,
  	"issued_date" date,
  	"expiration_date" date,
  	"email_notifications" boolean DEFAULT false,
  	"notes" varchar,
  	"details" jsonb,
  	"file_name" varchar(255),
  	"content_type" varchar(128),
  	"file_size" bigint,
  	"file_hash" varchar(128),
  	"storage_bucket" varchar(128),
  	"storage_key" varchar(512),
  	"trashed_with_vehicle" boolean DEFAULT false,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"deleted_at" timestamp with time zone,
  	CONSTRAINT "documents_document_type_check" CHECK ("document_type" IN ('insurance', 'registration', 'manual')),
  	CONSTRAINT "documents_expiry_check" CHECK (expiration_date > issued_date)
  );
  
  CREATE TABLE "stations" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"name" varchar(200) NOT NULL,
  	"address" varchar,
  	"latitude" numeric(10, 8),
  	"longitude" numeric(11, 8),
  	"phone" varchar(20),
  	"website" varchar(255),
  	"has_93_octane" boolean,
  	"google_place_id" varchar(255),
  	"photo_reference" varchar(500),
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "community_stations" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"station_id" uuid NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"has_93_octane" boolean,
  	"reported_at" timestamp with time zone,
  	"removed_at" timestamp with time zone,
  	"removal_reason" varchar(100)
  );
  
  CREATE TABLE "engines" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar(255) NOT NULL,
  	"displacement" varchar(50),
  	"configuration" varchar(50),
  	"aspiration" varchar(100),
  	"horsepower" varchar(100),
  	"torque" varchar(100),
  	"fuel_type" varchar(100),
  	"fuel_system" varchar(255),
  	"specs_json" jsonb,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "transmissions" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"type" varchar(100) NOT NULL,
  	"speeds" varchar(50),
  	"drive_type" varchar(100),
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "vehicle_options" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"title" varchar(255),
  	"year" integer NOT NULL,
  	"make" varchar(100) NOT NULL,
  	"model" varchar(255) NOT NULL,
  	"trim" varchar(255) NOT NULL,
  	"engine_id" integer,
  	"transmission_id" integer,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "market_research_results" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"inventory_id" uuid,
  	"price_recommendation" varchar(50),
  	"last_analyzed_at" timestamp with time zone,
  	"median_price" numeric(10, 2),
  	"min_price" numeric(10, 2),
  	"max_price" numeric(10, 2),
  	"sample_size" integer,
  	"data_source" varchar(100),
  	"comparable_vehicles" jsonb,
  	"search_parameters" jsonb,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "market_price_history" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"inventory_id" uuid,
  	"recorded_at" timestamp with time zone DEFAULT now(),
  	"our_price" numeric(10, 2) NOT NULL,
  	"median_market_price" numeric(10, 2),
  	"min_market_price" numeric(10, 2),
  	"sample_size" integer
  );
  
  CREATE TABLE "vin_evaluation_cache" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"vin" varchar(17) NOT NULL,
  	"source" varchar(50),
  	"cached_at" timestamp with time zone DEFAULT now(),
  	"expires_at" timestamp with time zone,
  	"evaluation_data" jsonb
  );
  
  CREATE TABLE "competitors" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"name" varchar(255) NOT NULL,
  	"inventory_url" varchar(500) NOT NULL,
  	"website_url" varchar(500),
  	"platform_type" varchar(50),
  	"use_playwright" boolean DEFAULT false,
  	"scraper_config" jsonb,
  	"active" boolean DEFAULT true,
  	"last_scraped_at" timestamp with time zone,
  	"last_successful_scrape_at" timestamp with time zone,
  	"scrape_error_type" varchar(50),
  	"scrape_error" varchar,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "competitor_inventory" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"title" varchar(255),
  	"competitor_id" uuid NOT NULL,
  	"vin" varchar(17),
  	"stock_number" varchar(100),
  	"external_id" varchar(255),
  	"year" integer,
  	"make" varchar(100),
  	"model" varchar(100),
  	"trim" varchar(100),
  	"price" numeric(10, 2),
  	"mileage" integer,
  	"exterior_color" varchar(100),
  	"transmission" varchar(50),
  	"fuel_type" varchar(50),
  	"body_style" varchar(50),
  	"url" varchar(500),
  	"image_url" varchar(500),
  	"first_seen_at" timestamp with time zone,
  	"last_seen_at" timestamp with time zone,
  	"days_on_market" integer,
  	"is_sold" boolean DEFAULT false,
  	"sold_at" timestamp with time zone,
  	"raw_data" jsonb,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "competitor_price_history" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"competitor_inventory_id" uuid,
  	"recorded_at" timestamp with time zone DEFAULT now(),
  	"price" numeric(10, 2) NOT NULL,
  	"min_price" numeric(10, 2),
  	"mileage" integer
  );
  
  CREATE TABLE "competitor_metrics" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"competitor_id" uuid NOT NULL,
  	"calculated_at" timestamp with time zone DEFAULT now(),
  	"total_inventory" integer DEFAULT 0,
  	"avg_price" numeric(10, 2),
  	"avg_days_on_market" numeric(5, 2),
  	"vehicles_sold_30d" integer DEFAULT 0,
  	"price_changes_30d" integer DEFAULT 0,
  	"new_listings_30d" integer DEFAULT 0
  );
  
  CREATE TABLE "email_templates" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"name" varchar(100) NOT NULL,
  	"description" varchar,
  	"subject" varchar(255) NOT NULL,
  	"body" varchar NOT NULL,
  	"variables" jsonb DEFAULT '[]'::jsonb,
  	"template_key" varchar(50) NOT NULL,
  	"is_active" boolean DEFAULT true,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "email_templates_template_key_check" CHECK ("template_key" IN ('maintenance_due_soon', 'maintenance_overdue', 'document_expiring', 'document_expired'))
  );
  
  CREATE TABLE "notification_logs" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"notification_type" varchar(20) NOT NULL,
  	"template_key" varchar(50) NOT NULL,
  	"status" varchar(20) DEFAULT 'sent',
  	"recipient_email" varchar(255),
  	"subject" varchar(255),
  	"reference_type" varchar(50),
  	"reference_id" uuid,
  	"error_message" varchar,
  	"sent_at" timestamp with time zone DEFAULT now(),
  	CONSTRAINT "notification_logs_notification_type_check" CHECK ("notification_type" IN ('email', 'toast')),
  	CONSTRAINT "notification_logs_status_check" CHECK ("status" IN ('pending', 'sent', 'failed'))
  );
  
  CREATE TABLE "backup_schedules" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"name" varchar(100) NOT NULL,
  	"frequency" varchar(20) NOT NULL,
  	"cron_expression" varchar(50) NOT NULL,
  	"retention_count" integer DEFAULT 7 NOT NULL,
  	"is_enabled" boolean DEFAULT true,
  	"last_run_at" timestamp with time zone,
  	"next_run_at" timestamp with time zone,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "backup_schedules_frequency_check" CHECK ("frequency" IN ('hourly', 'daily', 'weekly', 'monthly'))
  );
  
  CREATE TABLE "backup_history" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"filename" varchar(255) NOT NULL,
  	"file_path" varchar(500) NOT NULL,
  	"status" varchar(20) NOT NULL,
  	"backup_type" varchar(20) NOT NULL,
  	"schedule_id" uuid,
  	"file_size_bytes" bigint NOT NULL,
  	"database_tables_count" integer,
  	"documents_count" integer,
  	"started_at" timestamp with time zone DEFAULT now(),
  	"completed_at" timestamp with time zone,
  	"created_by" varchar(255),
  	"error_message" varchar,
  	"metadata" jsonb DEFAULT '{}'::jsonb,
  	CONSTRAINT "backup_history_status_check" CHECK ("status" IN ('in_progress', 'completed', 'failed')),
  	CONSTRAINT "backup_history_backup_type_check" CHECK ("backup_type" IN ('scheduled', 'manual'))
  );
  
  CREATE TABLE "backup_settings" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"setting_key" varchar(50) NOT NULL,
  	"setting_value" varchar NOT NULL,
  	"updated_at" timestamp with time zone DEFAULT now(),
  	CONSTRAINT "backup_settings_setting_key_check" CHECK ("setting_key" IN ('email_on_success', 'email_on_failure', 'admin_email', 'max_backup_size_mb', 'compression_enabled'))
  );
  
  CREATE TABLE "user_profiles" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"email" varchar(255) NOT NULL,
  	"auth0_sub" varchar(255) NOT NULL,
  	"display_name" varchar(100),
  	"notification_email" varchar(255),
  	"subscription_tier" varchar(50) DEFAULT 'free',
  	"deactivated_at" timestamp with time zone,
  	"email_verified" boolean DEFAULT false,
  	"onboarding_completed_at" timestamp with time zone,
  	"deletion_requested_at" timestamp with time zone,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "user_profiles_subscription_tier_check" CHECK ("subscription_tier" IN ('free', 'pro', 'enterprise'))
  );
  
  CREATE TABLE "admin_users" (
  	"auth0_sub" varchar(255) PRIMARY KEY NOT NULL,
  	"email" varchar(255) NOT NULL,
  	"role" varchar(50) DEFAULT 'admin' NOT NULL,
  	"revoked_at" timestamp with time zone,
  	"created_by" varchar(255) NOT NULL,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "admin_users_role_check" CHECK ("role" IN ('admin', 'super_admin'))
  );
  
  CREATE TABLE "user_preferences" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"unit_system" varchar(20) DEFAULT 'imperial',
  	"currency_code" varchar(3) DEFAULT 'USD',
  	"time_zone" varchar(100) DEFAULT 'America/New_York',
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "user_preferences_unit_system_check" CHECK ("unit_system" IN ('imperial', 'metric'))
  );
  
  CREATE TABLE "terms_agreements" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"user_id" varchar(255) NOT NULL,
  	"agreed_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"terms_version" varchar(50) NOT NULL,
  	"terms_url" varchar(255) NOT NULL,
  	"terms_content_hash" varchar(64) NOT NULL,
  	"ip_address" varchar(45) NOT NULL,
  	"user_agent" varchar NOT NULL,
  	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "activity_logs" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now(),
  	"user_id" uuid,
  	"action" varchar(100),
  	"resource_type" varchar(100),
  	"resource_id" uuid,
  	"resource_key" varchar(255),
  	"changes" jsonb,
  	"ip_address" varchar(64),
  	"request_id" varchar(64),
  	"user_agent" varchar
  );
  
  CREATE TABLE "admin_audit_logs" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now(),
  	"actor_admin_id" varchar(255) NOT NULL,
  	"action" varchar(100) NOT NULL,
  	"target_admin_id" varchar(255),
  	"resource_type" varchar(100),
  	"resource_id" varchar(255),
  	"context" jsonb,
  	"ip_address" varchar(64),
  	"request_id" varchar(64),
  	"user_agent" varchar
  );
  
  CREATE TABLE "job_history" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"job_name" varchar(255),
  	"status" varchar(255),
  	"started_at" timestamp with time zone,
  	"completed_at" timestamp with time zone,
  	"duration_ms" integer,
  	"result" jsonb,
  	"error" varchar,
  	CONSTRAINT "job_history_status_check" CHECK ("status" IN ('success', 'failure'))
  );
  
  CREATE TABLE "storage_alerts" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"alert_type" varchar(255),
  	"severity" varchar(255),
  	"message" varchar,
  	"metadata" jsonb,
  	"dismissed" boolean DEFAULT false,
  	"dismissed_at" timestamp with time zone,
  	"created_at" timestamp with time zone DEFAULT now(),
  	CONSTRAINT "storage_alerts_severity_check" CHECK ("severity" IN ('warning', 'critical'))
  );
  
  CREATE TABLE "session" (
  	"sid" varchar(255) PRIMARY KEY NOT NULL,
  	"sess" jsonb,
  	"expire" timestamp with time zone
  );
  
  CREATE TABLE "export_logs" (
  	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  	"platform" varchar(255),
  	"status" varchar(20),
  	"vehicle_count" integer,
  	"error_message" varchar,
  	"exported_at" timestamp with time zone,
  	CONSTRAINT "export_logs_status_check" CHECK ("status" IN ('success', 'failure'))
  );
  
  DROP INDEX "pending_submissions_vin_idx";
  ALTER TABLE "payload_preferences_rels" ADD COLUMN "user_profiles_id" uuid;
  ALTER TABLE "fuel_logs" ADD CONSTRAINT "fuel_logs_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "maintenance_logs" ADD CONSTRAINT "maintenance_logs_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "maintenance_schedules" ADD CONSTRAINT "maintenance_schedules_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "documents" ADD CONSTRAINT "documents_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "community_stations" ADD CONSTRAINT "community_stations_station_id_stations_id_fk" FOREIGN KEY ("station_id") REFERENCES "public"."stations"("id") ON DELETE no action ON UPDATE no action;
  ALTER TABLE "vehicle_options" ADD CONSTRAINT "vehicle_options_engine_id_engines_id_fk" FOREIGN KEY ("engine_id") REFERENCES "public"."engines"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "vehicle_options" ADD CONSTRAINT "vehicle_options_transmission_id_transmissions_id_fk" FOREIGN KEY ("transmission_id") REFERENCES "public"."transmissions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "market_research_results" ADD CONSTRAINT "market_research_results_inventory_id_inventory_id_fk" FOREIGN KEY ("inventory_id") REFERENCES "public"."inventory"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "market_price_history" ADD CONSTRAINT "market_price_history_inventory_id_inventory_id_fk" FOREIGN KEY ("inventory_id") REFERENCES "public"."inventory"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "competitor_inventory" ADD CONSTRAINT "competitor_inventory_competitor_id_competitors_id_fk" FOREIGN KEY ("competitor_id") REFERENCES "public"."competitors"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "competitor_price_history" ADD CONSTRAINT "competitor_price_history_competitor_inventory_id_competitor_inventory_id_fk" FOREIGN KEY ("competitor_inventory_id") REFERENCES "public"."competitor_inventory"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "competitor_metrics" ADD CONSTRAINT "competitor_metrics_competitor_id_competitors_id_fk" FOREIGN KEY ("competitor_id") REFERENCES "public"."competitors"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "backup_history" ADD CONSTRAINT "backup_history_schedule_id_backup_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."backup_schedules"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "activity_logs" ADD CONSTRAINT "activity_logs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
  CREATE INDEX "vehicles_user_id_idx" ON "vehicles" USING btree ("user_id");
  CREATE INDEX "vehicles_vin_idx" ON "vehicles" USING btree ("vin");
  CREATE INDEX "vehicles_is_active_idx" ON "vehicles" USING btree ("is_active");
  CREATE INDEX "vehicles_created_at_idx" ON "vehicles" USING btree ("created_at");
  CREATE INDEX "vehicles_deleted_at_idx" ON "vehicles" USING btree ("deleted_at");
  CREATE UNIQUE INDEX "vehicles_owner_vin_idx" ON "vehicles" USING btree (user_id, vin) WHERE deleted_at IS NULL;
  CREATE INDEX "vehicles_owner_newest_idx" ON "vehicles" USING btree (user_id, created_at DESC) WHERE deleted_at IS NULL;
  CREATE INDEX "fuel_logs_user_id_idx" ON "fuel_logs" USING btree ("user_id");
  CREATE INDEX "fuel_logs_vehicle_idx" ON "fuel_logs" USING btree ("vehicle_id");
  CREATE INDEX "fuel_logs_date_time_idx" ON "fuel_logs" USING btree ("date_time");
  CREATE INDEX "fuel_logs_created_at_idx" ON "fuel_logs" USING btree ("created_at");
  CREATE INDEX "maintenance_logs_user_id_idx" ON "maintenance_logs" USING btree ("user_id");
  CREATE INDEX "maintenance_logs_vehicle_idx" ON "maintenance_logs" USING btree ("vehicle_id");
  CREATE INDEX "maintenance_logs_service_date_idx" ON "maintenance_logs" USING btree ("service_date");
  CREATE INDEX "maintenance_logs_created_at_idx" ON "maintenance_logs" USING btree ("created_at");
  CREATE INDEX "maintenance_schedules_user_id_idx" ON "maintenance_schedules" USING btree ("user_id");
  CREATE INDEX "maintenance_schedules_vehicle_idx" ON "maintenance_schedules" USING btree ("vehicle_id");
  CREATE INDEX "maintenance_schedules_next_due_date_idx" ON "maintenance_schedules" USING btree ("next_due_date");
  CREATE INDEX "maintenance_schedules_created_at_idx" ON "maintenance_schedules" USING btree ("created_at");
  CREATE INDEX "documents_user_id_idx" ON "documents" USING btree ("user_id");
  CREATE INDEX "documents_vehicle_idx" ON "documents" USING btree ("vehicle_id");
  CREATE INDEX "documents_document_type_idx" ON "documents" USING btree ("document_type");
  CREATE INDEX "documents_expiration_date_idx" ON "documents" USING btree ("expiration_date");
  CREATE INDEX "documents_created_at_idx" ON "documents" USING btree ("created_at");
  CREATE INDEX "documents_deleted_at_idx" ON "documents" USING btree ("deleted_at");
  CREATE UNIQUE INDEX "stations_google_place_id_idx" ON "stations" USING btree ("google_place_id");
  CREATE INDEX "stations_created_at_idx" ON "stations" USING btree ("created_at");
  CREATE INDEX "community_stations_station_idx" ON "community_stations" USING btree ("station_id");
  CREATE INDEX "community_stations_user_id_idx" ON "community_stations" USING btree ("user_id");
  CREATE INDEX "community_stations_reported_at_idx" ON "community_stations" USING btree ("reported_at");
  CREATE UNIQUE INDEX "community_stations_standing_idx" ON "community_stations" USING btree (station_id, user_id) WHERE removed_at IS NULL;
  CREATE INDEX "engines_displacement_idx" ON "engines" USING btree ("displacement");
  CREATE INDEX "engines_configuration_idx" ON "engines" USING btree ("configuration");
  CREATE INDEX "engines_created_at_idx" ON "engines" USING btree ("created_at");
  CREATE UNIQUE INDEX "engines_name_lower_idx" ON "engines" USING btree (LOWER(name));
  CREATE INDEX "transmissions_created_at_idx" ON "transmissions" USING btree ("created_at");
  CREATE UNIQUE INDEX "transmissions_type_lower_idx" ON "transmissions" USING btree (LOWER(type));
  CREATE INDEX "vehicle_options_engine_idx" ON "vehicle_options" USING btree ("engine_id");
  CREATE INDEX "vehicle_options_transmission_idx" ON "vehicle_options" USING btree ("transmission_id");
  CREATE INDEX "vehicle_options_created_at_idx" ON "vehicle_options" USING btree ("created_at");
  CREATE INDEX "vehicle_options_year_idx" ON "vehicle_options" USING btree (year);
  CREATE INDEX "vehicle_options_year_make_idx" ON "vehicle_options" USING btree (year, make);
  CREATE INDEX "vehicle_options_year_make_model_idx" ON "vehicle_options" USING btree (year, make, model);
  CREATE INDEX "vehicle_options_year_make_model_trim_idx" ON "vehicle_options" USING btree (year, make, model, trim);
  CREATE UNIQUE INDEX "vehicle_options_all_idx" ON "vehicle_options" USING btree (year, make, model, trim, engine_id, transmission_id);
  CREATE UNIQUE INDEX "market_research_results_inventory_idx" ON "market_research_results" USING btree ("inventory_id");
  CREATE INDEX "market_research_results_created_at_idx" ON "market_research_results" USING btree ("created_at");
  CREATE INDEX "market_price_history_inventory_idx" ON "market_price_history" USING btree ("inventory_id");
  CREATE INDEX "market_price_history_car_recorded_idx" ON "market_price_history" USING btree (inventory_id, recorded_at);
  CREATE UNIQUE INDEX "vin_evaluation_cache_vin_idx" ON "vin_evaluation_cache" USING btree ("vin");
  CREATE INDEX "vin_evaluation_cache_expires_at_idx" ON "vin_evaluation_cache" USING btree ("expires_at");
  CREATE INDEX "competitors_created_at_idx" ON "competitors" USING btree ("created_at");
  CREATE INDEX "competitor_inventory_competitor_idx" ON "competitor_inventory" USING btree ("competitor_id");
  CREATE INDEX "competitor_inventory_created_at_idx" ON "competitor_inventory" USING btree ("created_at");
  CREATE INDEX "competitor_inventory_competitor_vin_idx" ON "competitor_inventory" USING btree (competitor_id, vin);
  CREATE INDEX "competitor_inventory_competitor_sold_idx" ON "competitor_inventory" USING btree (competitor_id, is_sold);
  CREATE INDEX "competitor_price_history_competitor_inventory_idx" ON "competitor_price_history" USING btree ("competitor_inventory_id");
  CREATE INDEX "competitor_price_history_car_recorded_idx" ON "competitor_price_history" USING btree (competitor_inventory_id, recorded_at);
  CREATE INDEX "competitor_metrics_competitor_idx" ON "competitor_metrics" USING btree ("competitor_id");
  CREATE INDEX "competitor_metrics_competitor_calculated_idx" ON "competitor_metrics" USING btree (competitor_id, calculated_at);
  CREATE UNIQUE INDEX "email_templates_template_key_idx" ON "email_templates" USING btree ("template_key");
  CREATE INDEX "email_templates_created_at_idx" ON "email_templates" USING btree ("created_at");
  CREATE INDEX "notification_logs_user_id_idx" ON "notification_logs" USING btree ("user_id");
  CREATE INDEX "notification_logs_sent_at_idx" ON "notification_logs" USING btree ("sent_at");
  CREATE INDEX "notification_logs_reference_idx" ON "notification_logs" USING btree (reference_type, reference_id);
  CREATE INDEX "backup_schedules_is_enabled_idx" ON "backup_schedules" USING btree ("is_enabled");
  CREATE INDEX "backup_schedules_next_run_at_idx" ON "backup_schedules" USING btree ("next_run_at");
  CREATE INDEX "backup_schedules_created_at_idx" ON "backup_schedules" USING btree ("created_at");
  CREATE INDEX "backup_history_status_idx" ON "backup_history" USING btree ("status");
  CREATE INDEX "backup_history_schedule_idx" ON "backup_history" USING btree ("schedule_id");
  CREATE INDEX "backup_history_started_at_idx" ON "backup_history" USING btree ("started_at");
  CREATE UNIQUE INDEX "backup_settings_setting_key_idx" ON "backup_settings" USING btree ("setting_key");
  CREATE UNIQUE INDEX "user_profiles_auth0_sub_idx" ON "user_profiles" USING btree ("auth0_sub");
  CREATE INDEX "user_profiles_created_at_idx" ON "user_profiles" USING btree ("created_at");
  CREATE UNIQUE INDEX "admin_users_email_idx" ON "admin_users" USING btree ("email");
  CREATE INDEX "admin_users_revoked_at_idx" ON "admin_users" USING btree ("revoked_at");
  CREATE INDEX "admin_users_created_at_idx" ON "admin_users" USING btree ("created_at");
  CREATE UNIQUE INDEX "user_preferences_user_id_idx" ON "user_preferences" USING btree ("user_id");
  CREATE INDEX "user_preferences_created_at_idx" ON "user_preferences" USING btree ("created_at");
  CREATE UNIQUE INDEX "terms_agreements_user_id_idx" ON "terms_agreements" USING btree ("user_id");
  CREATE INDEX "terms_agreements_created_at_idx" ON "terms_agreements" USING btree ("created_at");
  CREATE INDEX "activity_logs_created_at_idx" ON "activity_logs" USING btree ("created_at");
  CREATE INDEX "activity_logs_user_idx" ON "activity_logs" USING btree ("user_id");
  CREATE INDEX "activity_logs_user_created_idx" ON "activity_logs" USING btree (user_id, created_at DESC);
  CREATE INDEX "activity_logs_resource_idx" ON "activity_logs" USING btree (resource_type, resource_id, created_at DESC);
  CREATE INDEX "admin_audit_logs_created_at_idx" ON "admin_audit_logs" USING btree ("created_at");
  CREATE INDEX "admin_audit_logs_actor_admin_id_idx" ON "admin_audit_logs" USING btree ("actor_admin_id");
  CREATE INDEX "admin_audit_logs_action_idx" ON "admin_audit_logs" USING btree ("action");
  CREATE INDEX "admin_audit_logs_target_admin_id_idx" ON "admin_audit_logs" USING btree ("target_admin_id");
  CREATE INDEX "admin_audit_logs_resource_idx" ON "admin_audit_logs" USING btree (resource_type, resource_id, created_at DESC);
  CREATE INDEX "job_history_job_name_idx" ON "job_history" USING btree ("job_name");
  CREATE INDEX "job_history_started_at_idx" ON "job_history" USING btree ("started_at");
  CREATE INDEX "storage_alerts_created_at_idx" ON "storage_alerts" USING btree ("created_at");
  CREATE INDEX "session_expire_idx" ON "session" USING btree ("expire");
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_user_profiles_fk" FOREIGN KEY ("user_profiles_id") REFERENCES "public"."user_profiles"("id") ON DELETE cascade ON UPDATE no action;
  CREATE UNIQUE INDEX "pending_submissions_open_vin_idx" ON "pending_submissions" USING btree (vin) WHERE submission_status <> 'rejected';
  CREATE INDEX "payload_preferences_rels_user_profiles_id_idx" ON "payload_preferences_rels" USING btree ("user_profiles_id");`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "trail_counts" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "vehicles" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "fuel_logs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "maintenance_logs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "maintenance_schedules" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "documents" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "stations" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "community_stations" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "engines" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "transmissions" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "vehicle_options" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "market_research_results" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "market_price_history" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "vin_evaluation_cache" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "competitors" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "competitor_inventory" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "competitor_price_history" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "competitor_metrics" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "email_templates" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "notification_logs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "backup_schedules" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "backup_history" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "backup_settings" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "user_profiles" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "admin_users" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "user_preferences" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "terms_agreements" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "activity_logs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "admin_audit_logs" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "job_history" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "storage_alerts" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "session" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "export_logs" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "trail_counts" CASCADE;
  DROP TABLE "vehicles" CASCADE;
  DROP TABLE "fuel_logs" CASCADE;
  DROP TABLE "maintenance_logs" CASCADE;
  DROP TABLE "maintenance_schedules" CASCADE;
  DROP TABLE "documents" CASCADE;
  DROP TABLE "stations" CASCADE;
  DROP TABLE "community_stations" CASCADE;
  DROP TABLE "engines" CASCADE;
  DROP TABLE "transmissions" CASCADE;
  DROP TABLE "vehicle_options" CASCADE;
  DROP TABLE "market_research_results" CASCADE;
  DROP TABLE "market_price_history" CASCADE;
  DROP TABLE "vin_evaluation_cache" CASCADE;
  DROP TABLE "competitors" CASCADE;
  DROP TABLE "competitor_inventory" CASCADE;
  DROP TABLE "competitor_price_history" CASCADE;
  DROP TABLE "competitor_metrics" CASCADE;
  DROP TABLE "email_templates" CASCADE;
  DROP TABLE "notification_logs" CASCADE;
  DROP TABLE "backup_schedules" CASCADE;
  DROP TABLE "backup_history" CASCADE;
  DROP TABLE "backup_settings" CASCADE;
  DROP TABLE "user_profiles" CASCADE;
  DROP TABLE "admin_users" CASCADE;
  DROP TABLE "user_preferences" CASCADE;
  DROP TABLE "terms_agreements" CASCADE;
  DROP TABLE "activity_logs" CASCADE;
  DROP TABLE "admin_audit_logs" CASCADE;
  DROP TABLE "job_history" CASCADE;
  DROP TABLE "storage_alerts" CASCADE;
  DROP TABLE "session" CASCADE;
  DROP TABLE "export_logs" CASCADE;
  ALTER TABLE "payload_preferences_rels" DROP CONSTRAINT "payload_preferences_rels_user_profiles_fk";
  
  DROP INDEX "pending_submissions_open_vin_idx";
  DROP INDEX "payload_preferences_rels_user_profiles_id_idx";
  CREATE UNIQUE INDEX "pending_submissions_vin_idx" ON "pending_submissions" USING btree ("vin");
  ALTER TABLE "payload_preferences_rels" DROP COLUMN "user_profiles_id";`)
}
