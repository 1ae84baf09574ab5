import { pgTable, timestamp, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * The calendar feeds of owners, at most one each. The secret in its address is stored only as its
 * SHA-256; deleting the row, or replacing the hash, revokes the address.
 */
const calendarFeeds = pgTable('calendar_feeds', {
  userId: varchar('user_id', { length: 255 }).primaryKey(),
  tokenHash: varchar('token_hash', { length: 64 }).notNull().unique(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})

/** The tables of the garage that have no collection. */
export const garageTables = { calendar_feeds: calendarFeeds }
