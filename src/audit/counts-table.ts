import {
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * How many rate-limited entries an actor caused in a minute, and how many of each action exceeded
 * the limit; see src/audit/aggregated-entries.ts. Not a collection: a row lives for a minute or
 * two.
 */
export const auditCounts = pgTable(
  'trail_counts',
  {
    actor: text('actor').notNull(),
    minute: timestamp('minute', { withTimezone: true }).notNull(),
    seen: integer('seen').notNull(),
    beyond: jsonb('beyond').notNull(),
  },
  (table) => [primaryKey({ columns: [table.actor, table.minute] })],
)
