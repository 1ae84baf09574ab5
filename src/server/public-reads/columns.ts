import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PgColumn } from '@payloadcms/db-postgres/drizzle/pg-core'
import type { FlattenedField, SanitizedCollectionConfig } from 'payload'
import { findComputedSql } from '../../fields/computed.ts'

/**
 * A column whose JSON PostgreSQL can write into a response. `json`: the column contains JSON, which
 * is sent separately and formatted again by JavaScript, because spacing and numbers differ.
 * `notPortable` is true for a value that JavaScript would format differently; the plain handler
 * then reads the list.
 */
export type ReadColumn = {
  name: string
  value: SQL
  json: boolean
  notPortable?: SQL
}

type Columns = Readonly<Record<string, PgColumn | undefined>>

/** Numbers with more digits may change when they are converted to a JavaScript number. */
const SAFE_DIGITS = 15

/**
 * The columns of a collection that can be read without Payload, in the order of Payload's
 * responses. Columns that require Payload are absent.
 */
export function readColumns(
  collection: SanitizedCollectionConfig,
  table: Columns,
): ReadonlyMap<string, ReadColumn> {
  const columns = new Map<string, ReadColumn>()
  const id = table['id']
  if (id) columns.set('id', { name: 'id', value: sql`${id}`, json: false })
  for (const field of collection.flattenedFields) {
    const column = findComputedSql(field) ? undefined : table[field.name]
    const read = column && readColumn(field, column)
    if (read) columns.set(field.name, read)
  }
  return columns
}

/** Explains why a collection cannot be read without Payload; null if it can. */
export function findFastReadObstacle({
  hooks,
  versions,
  trash,
  auth,
  upload,
  flattenedFields,
}: SanitizedCollectionConfig): string | null {
  if (hooks.beforeRead.length + hooks.afterRead.length + hooks.afterOperation.length > 0)
    return 'it has hooks that change what is read'
  if ([auth, upload, trash, versions].some(Boolean))
    return 'it has accounts, uploads, a trash or versions'
  const hooked = flattenedFields.find(
    (field) => 'hooks' in field && (field.hooks.afterRead?.length ?? 0) > 0,
  )
  if (hooked) return `its field ${hooked.name} has a hook that changes what is read`
  const localized = flattenedFields.find((field) => 'localized' in field && field.localized)
  return localized ? `its field ${localized.name} is localized` : null
}

function readColumn(field: FlattenedField, column: PgColumn): ReadColumn | null {
  const { name } = field
  const plain = { name, value: sql`${column}`, json: false }
  switch (field.type) {
    case 'text':
      return field.hasMany ? null : plain
    case 'select':
      return field.hasMany ? null : plain
    case 'textarea':
    case 'email':
    case 'checkbox':
    case 'radio':
      return plain
    case 'json':
      return { ...plain, value: sql`${column}::text`, json: true }
    case 'date':
      return column.getSQLType().startsWith('timestamp') &&
        column.getSQLType().endsWith('with time zone')
        ? buildInstantColumn(name, column)
        : null
    case 'number':
      return field.hasMany ? null : buildNumberColumn(name, column)
    default:
      return null
  }
}

/**
 * ISO 8601 in UTC with milliseconds, truncated as JavaScript does. Years without exactly four
 * digits are not portable.
 */
function buildInstantColumn(name: string, column: PgColumn): ReadColumn {
  const value = sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
  return {
    name,
    value,
    json: false,
    notPortable: sql`(${column} < '1000-01-01Z' or ${column} >= '10000-01-01Z')`,
  }
}

function buildNumberColumn(name: string, column: PgColumn): ReadColumn | null {
  const type = column.getSQLType()
  if (type === 'integer') return { name, value: sql`${column}`, json: false }
  const digits = Number(/^numeric\((\d+)/.exec(type)?.[1] ?? Infinity)
  if (digits > SAFE_DIGITS) return null
  return {
    name,
    value: sql`trim_scale(${column})`,
    json: false,
    notPortable: sql`${column} = 'NaN'`,
  }
}
