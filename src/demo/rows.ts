import { pgTable, primaryKey, text, uuid } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * Which rows the demo made, by table and id, written in the transaction that made them; demo:reset
 * removes these and no others. No collection: nobody edits it. A row of the nil id under `loaded`
 * says that the demo was loaded once.
 */
export const demoRows = pgTable(
  'demo_rows',
  { madeIn: text('made_in').notNull(), rowId: uuid('row_id').notNull() },
  (table) => [primaryKey({ columns: [table.madeIn, table.rowId] })],
)

export const LOADED = { madeIn: 'loaded', rowId: '00000000-0000-0000-0000-000000000000' } as const
