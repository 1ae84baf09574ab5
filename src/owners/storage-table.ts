import { bigint, index, pgTable, varchar } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * How many bytes an owner stores, as a sum over rows: triggers (migration `owner_storage`) add a
 * row with the difference for each write, so that concurrent writes of an owner do not wait for
 * each other. They are combined into one row from time to time. `bytes` counts rows, `file_bytes`
 * files. Not a collection: it has no screen and no API.
 */
export const ownerStorage = pgTable(
  'owner_storage',
  {
    userId: varchar('user_id', { length: 255 }).notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    fileBytes: bigint('file_bytes', { mode: 'number' }).notNull().default(0),
  },
  (columns) => [index('owner_storage_user_id_idx').on(columns.userId)],
)
