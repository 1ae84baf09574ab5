import { sql } from '@payloadcms/db-postgres'
import {
  index,
  jsonb,
  pgTable,
  primaryKey,
  timestamp,
  varchar,
} from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * The stored responses to requests with an `Idempotency-Key`, kept for 24 hours; see
 * src/api/idempotency and decision 26. `actor` is the caller, such as `staff:<id>`,
 * `owner:<subject>` or `address:<block>`; `fingerprint` is a SHA-256 hash in hexadecimal digits.
 * Not a collection, so it has no screen and no API.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    actor: varchar('actor', { length: 300 }).notNull(),
    key: varchar('key', { length: 255 }).notNull(),
    fingerprint: varchar('fingerprint', { length: 64 }).notNull(),
    answer: jsonb('answer').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true })
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.actor, table.key] }),
    index('idempotency_keys_created_at_idx').on(table.createdAt),
  ],
)
