import { pgTable, timestamp, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * Who was purged, as the SHA-256 of their subject: nobody can be named by it, and rows of theirs
 * that a restore brings back are known for what they are. No collection: the task `purge-accounts`
 * writes it, and nothing is ever taken out.
 */
export const purgedOwners = pgTable('purged_owners', {
  subjectHash: varchar('subject_hash', { length: 64 }).primaryKey(),
  purgedAt: timestamp('purged_at', { withTimezone: true }).notNull().defaultNow(),
})
