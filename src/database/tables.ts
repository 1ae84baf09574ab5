import { sql } from '@payloadcms/db-postgres'
import type { Payload, SanitizedCollectionConfig } from 'payload'
import { getPostgresAdapter } from './transaction.ts'

/**
 * The table of a collection: its documented name, the column of its primary key, and both as SQL.
 */
export type Table = {
  name: string
  key: string
  sql: ReturnType<typeof sql>
  keySql: ReturnType<typeof sql>
}

/** The table that holds a collection's rows. */
export function getCollectionTable(payload: Payload, slug: string): Table {
  const name = getDocumentedName(payload, slug)
  const key = getFieldColumn(payload, name, 'id')
  return { name, key, sql: sql`${sql.identifier(name)}`, keySql: sql`${sql.identifier(key)}` }
}

/** The collection whose rows a table holds; undefined for tables without a collection. */
export function findTableCollection(
  payload: Payload,
  table: string,
): SanitizedCollectionConfig | undefined {
  return payload.config.collections.find(({ slug }) => getDocumentedName(payload, slug) === table)
}

/** The API's name of a column; undefined for a column that does not belong to a field. */
export function findColumnField(
  payload: Payload,
  table: string,
  column: string,
): string | undefined {
  return listFieldColumns(payload, table).find(([, name]) => name === column)?.[0]
}

/** The documented name of a field's column; the name of the field if none is documented. */
export function getFieldColumn(payload: Payload, table: string, field: string): string {
  return listFieldColumns(payload, table).find(([name]) => name === field)?.[1] ?? field
}

/** The API's names of all columns in an SQL text, such as an index expression or a CHECK. */
export function findFieldsInSql(payload: Payload, table: string, text: string): string[] {
  const words = new Set(text.match(/[a-z_0-9]+/g))
  return listFieldColumns(payload, table).flatMap(([field, column]) =>
    words.has(column) ? [field] : [],
  )
}

function getDocumentedName(payload: Payload, slug: string): string {
  const snake = slug.replaceAll('-', '_')
  return getPostgresAdapter(payload).tableNameMap.get(snake) ?? snake
}

/** Each field of a table with the name of its column. */
function listFieldColumns(payload: Payload, table: string): [string, string][] {
  const columns: [string, unknown][] = Object.entries(
    getPostgresAdapter(payload).tables[table] ?? {},
  )
  return columns.flatMap(([field, column]) => (isColumn(column) ? [[field, column.name]] : []))
}

const isColumn = (value: unknown): value is { name: string } =>
  typeof value === 'object' &&
  value !== null &&
  'columnType' in value &&
  'name' in value &&
  typeof value.name === 'string'
