import { pgTable, timestamp, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * When any process may send the next request to a market source. Each request moves `freeAt`
 * forward; `pausedUntil` is the earliest time that the source accepts. Not a collection: no one
 * edits it, and a row is relevant only briefly.
 */
export const sourcePaces = pgTable('source_paces', {
  source: varchar('source', { length: 100 }).primaryKey(),
  freeAt: timestamp('free_at', { withTimezone: true }).notNull(),
  pausedUntil: timestamp('paused_until', { withTimezone: true }),
})
