import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from '@payloadcms/db-postgres/drizzle/pg-core'

/** This table is Payload's; here it only has a name and a key. */
const submissions = pgTable('pending_submissions', { id: uuid('id').primaryKey() })

/**
 * The private photos of submissions, encoded again without metadata. `position` counts from 1. The
 * bytes are in the storage of owners, in the folder `submissions`; a trigger
 * (src/database/submission-triggers.ts) notes those whose row is deleted. `in_answer` is true while
 * the photo is part of an answer that is not sent yet.
 */
const submissionPhotos = pgTable(
  'submission_photos',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    submission: uuid('submission_id')
      .notNull()
      .references(() => submissions.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    contentType: varchar('content_type', { length: 128 }).notNull(),
    fileSize: bigint('file_size', { mode: 'number' }).notNull(),
    fileHash: varchar('file_hash', { length: 128 }).notNull(),
    storageKey: varchar('storage_key', { length: 512 }).notNull(),
    inAnswer: boolean('in_answer').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (columns) => [
    uniqueIndex('submission_photos_position_idx').on(columns.submission, columns.position),
    uniqueIndex('submission_photos_hash_idx').on(columns.submission, columns.fileHash),
    index('submission_photos_storage_key_idx').on(columns.storageKey),
  ],
)

/** The tables of submissions that have no collection. */
export const submissionTables = { submission_photos: submissionPhotos }
