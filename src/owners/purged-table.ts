import { pgTable, timestamp, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * Purged owners, as the SHA-256 of their subject: it identifies no one, but rows that a restore
 * brings back are recognized. Not a collection: the task `purge-accounts` writes it, and rows are
 * never deleted.
 */
export const purgedOwners = pgTable('purged_owners', {
  subjectHash: varchar('subject_hash', { length: 64 }).primaryKey(),
  purgedAt: timestamp('purged_at', { withTimezone: true }).notNull().defaultNow(),
})
