import { pgTable, timestamp, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * When a source outside may be asked next, by all processes together: `freeAt` moves on with every
 * question, and `pausedUntil` is when the source wants to be asked again. No collection: nobody
 * edits it, and a row is worth something for a moment.
 */
export const sourcePaces = pgTable('source_paces', {
  source: varchar('source', { length: 100 }).primaryKey(),
  freeAt: timestamp('free_at', { withTimezone: true }).notNull(),
  pausedUntil: timestamp('paused_until', { withTimezone: true }),
})
