import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PgColumn } from '@payloadcms/db-postgres/drizzle/pg-core'
import type { FlattenedField, SanitizedCollectionConfig } from 'payload'

/**
 * A column as PostgreSQL can write it into an answer. `json` columns are sent as they are and
 * written anew by JavaScript, whose spacing and numbers differ; `odd` is true for a value that
 * JavaScript would write otherwise: its row is left to the plain handler.
 */
export type ReadColumn = { name: string; value: SQL; json: boolean; notPortable?: SQL }

type Columns = Readonly<Record<string, PgColumn | undefined>>

/** More digits than these lose their value on the way through a JavaScript number. */
const SAFE_DIGITS = 15

/**
 * The columns of a collection that can be written without Payload, in the order of its answers;
 * absent where one can't.
 */
export function readColumns(
  collection: SanitizedCollectionConfig,
  table: Columns,
): ReadonlyMap<string, ReadColumn> {
  const columns = new Map<string, ReadColumn>()
  const id = table['id']
  if (id) columns.set('id', { name: 'id', value: sql`${id}`, json: false })
  for (const field of collection.flattenedFields) {
    const column = table[field.name]
    const read = column && readColumn(field, column)
    if (read) columns.set(field.name, read)
  }
  return columns
}

/** Why a collection can't be read past Payload at all; null when it can. */
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
 * ISO 8601 in UTC with milliseconds, cut like JavaScript cuts them. Years of other than four digits
 * are written otherwise.
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
