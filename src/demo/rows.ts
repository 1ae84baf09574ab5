import { integer, pgTable, primaryKey, text, uuid } from '@payloadcms/db-postgres/drizzle/pg-core'

/**
 * The rows that the demo created, by table and ID, written in the transaction that created them.
 * `demo:reset` removes only these rows. Not a collection, because no one edits it. A row with the
 * nil ID records what was loaded once: `loaded` the demo cars, `market` their market, `catalog` the
 * catalog, `garage` the owners with their vehicles.
 */
export const demoRows = pgTable(
  'demo_rows',
  { madeIn: text('made_in').notNull(), rowId: uuid('row_id').notNull() },
  (table) => [primaryKey({ columns: [table.madeIn, table.rowId] })],
)

/** The same for the tables of the catalog, whose rows have numbers. */
export const demoCatalogRows = pgTable(
  'demo_catalog_rows',
  { madeIn: text('made_in').notNull(), rowId: integer('row_id').notNull() },
  (table) => [primaryKey({ columns: [table.madeIn, table.rowId] })],
)

const NIL_ID = '00000000-0000-0000-0000-000000000000'

export const LOADED = { madeIn: 'loaded', rowId: NIL_ID } as const
export const MARKET_LOADED = { madeIn: 'market', rowId: NIL_ID } as const
export const CATALOG_LOADED = { madeIn: 'catalog', rowId: NIL_ID } as const
export const GARAGE_LOADED = { madeIn: 'garage', rowId: NIL_ID } as const
