import { sql } from '@payloadcms/db-postgres'
import {
  bigint,
  bigserial,
  check,
  index,
  pgTable,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from '@payloadcms/db-postgres/drizzle/pg-core'

/** What a file can belong to. These tables are Payload's; here they only have a name and a key. */
const refer = (table: string) => pgTable(table, { id: uuid('id').primaryKey() })
const owners = {
  documents: refer('documents'),
  fuelLogs: refer('fuel_logs'),
  maintenanceLogs: refer('maintenance_logs'),
  vehicles: refer('vehicles'),
}

/**
 * The files of owners: any number for a document, a fuel log or a maintenance log, and the photo of
 * a vehicle. Each belongs to exactly one row and is deleted with it; its bytes are in the storage.
 * `preview_key` is the smaller picture that is shown, without metadata; null if there is none. The
 * columns of `documents` repeat the first file of a document, and those of `vehicles` its photo.
 * Triggers (src/database/file-triggers.ts) count the bytes of an owner.
 */
const attachedFiles = pgTable(
  'attached_files',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: varchar('user_id', { length: 255 }).notNull(),
    document: uuid('document_id').references(() => owners.documents.id, { onDelete: 'cascade' }),
    fuelLog: uuid('fuel_log_id').references(() => owners.fuelLogs.id, { onDelete: 'cascade' }),
    maintenanceLog: uuid('maintenance_log_id').references(() => owners.maintenanceLogs.id, {
      onDelete: 'cascade',
    }),
    vehicle: uuid('vehicle_id').references(() => owners.vehicles.id, { onDelete: 'cascade' }),
    fileName: varchar('file_name', { length: 255 }).notNull(),
    contentType: varchar('content_type', { length: 128 }).notNull(),
    fileSize: bigint('file_size', { mode: 'number' }).notNull(),
    fileHash: varchar('file_hash', { length: 128 }),
    storageBucket: varchar('storage_bucket', { length: 128 }),
    storageKey: varchar('storage_key', { length: 512 }).notNull(),
    previewKey: varchar('preview_key', { length: 512 }),
    previewSize: bigint('preview_size', { mode: 'number' }).notNull().default(0),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (columns) => [
    check(
      'attached_files_one_row_check',
      sql`num_nonnulls(document_id, fuel_log_id, maintenance_log_id, vehicle_id) = 1`,
    ),
    index('attached_files_user_id_idx').on(columns.userId),
    index('attached_files_document_idx').on(columns.document),
    index('attached_files_fuel_log_idx').on(columns.fuelLog),
    index('attached_files_maintenance_log_idx').on(columns.maintenanceLog),
    uniqueIndex('attached_files_vehicle_idx').on(columns.vehicle),
    index('attached_files_storage_key_idx').on(columns.storageKey),
    index('attached_files_preview_key_idx').on(columns.previewKey),
  ],
)

/**
 * Bytes whose row was deleted or replaced, in whatever way; triggers add them. The task
 * `sweep-files` removes the bytes, then the entry.
 */
const removedFiles = pgTable('removed_files', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  bucket: varchar('bucket', { length: 128 }),
  key: varchar('key', { length: 512 }).notNull(),
})

/** The tables of documents that have no collection. */
export const documentTables = { attached_files: attachedFiles, removed_files: removedFiles }
