import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'

type Operator = (column: unknown, value: unknown) => unknown

/**
 * Makes `contains` and `in` search the entries of a TEXT[]: rows whose list has this entry, or any
 * of these.
 *
 * Payload 3.90.1 stores lists in tables of their own and knows no TEXT[], which the documents
 * require: its operators compare the whole list with a text, which PostgreSQL rejects
 * (@payloadcms/drizzle/dist/queries/operatorMap.js).
 *
 * Can be removed when Payload supports columns that are arrays.
 */
export function searchListEntries(adapter: PostgresAdapter): PostgresAdapter {
  const database = adapter as unknown as { operators: Record<string, Operator> }
  const { contains, in: within } = database.operators
  if (!contains || !within)
    throw new Error('Payload’s adapter no longer has the contains and in operators to build on.')
  database.operators = {
    ...database.operators,
    contains: (column, value) =>
      isListColumn(column)
        ? sql`${column} @> ${toListValue(column, [removeWildcards(value)])}`
        : contains(column, value),
    in: (column, value) =>
      isListColumn(column)
        ? sql`${column} && ${toListValue(column, value)}`
        : within(column, value),
  }
  return adapter
}

type ListColumn = { columnType: 'PgArray'; mapToDriverValue: (value: unknown) => unknown }

const isListColumn = (column: unknown): column is ListColumn =>
  typeof column === 'object' &&
  column !== null &&
  'columnType' in column &&
  column.columnType === 'PgArray'

const toListValue = (column: ListColumn, value: unknown) =>
  sql`${column.mapToDriverValue(value)}::text[]`

/** The search text as requested: Payload adds a wildcard on each side. */
const removeWildcards = (value: unknown) => String(value).replace(/^%|%$/g, '')
