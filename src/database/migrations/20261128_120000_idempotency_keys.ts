import { type MigrateUpArgs, type MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "idempotency_keys" (
  	"actor" varchar(300) NOT NULL,
  	"key" varchar(255) NOT NULL,
  	"fingerprint" varchar(64) NOT NULL,
  	"answer" jsonb NOT NULL,
  	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
  	CONSTRAINT "idempotency_keys_actor_key_pk" PRIMARY KEY("actor","key")
  );
  
  CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys" USING btree ("created_at");`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "idempotency_keys" CASCADE;`)
}
