import { pgTable, primaryKey, text, uuid } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * The rows that the demo created, by table and ID, written in the transaction that created them.
 * `demo:reset` removes only these rows. Not a collection, because no one edits it. A row with the
 * nil ID under `loaded` records that the demo was loaded once.
 */
export const demoRows = pgTable(
  'demo_rows',
  { madeIn: text('made_in').notNull(), rowId: uuid('row_id').notNull() },
  (table) => [primaryKey({ columns: [table.madeIn, table.rowId] })],
)

export const LOADED = { madeIn: 'loaded', rowId: '00000000-0000-0000-0000-000000000000' } as const
