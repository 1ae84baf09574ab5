import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { getTableName, getTableSpec } from '../../fields/column.ts'
import { findFieldsInSql } from '../tables.ts'

/**
 * Maps our unique indexes to fields, so that a duplicate is reported for its field. For an index
 * over several columns, the field is the one that is not the owner.
 *
 * Payload 3.90.1 maps only the indexes that it creates for `unique: true`, and reports a duplicate
 * in any other index under the names of its columns, or without a field if it has an expression
 * (@payloadcms/drizzle/dist/upsertRow/handleUpsertError.js).
 *
 * Can be removed when Payload can declare an index over several columns or an expression, and
 * reports its duplicates for a field.
 */
export function nameConstraints(adapter: PostgresAdapter): PostgresAdapter {
  const { init } = adapter
  adapter.init = async function () {
    await init?.call(this)
    mapIndexes(adapter)
  }
  return adapter
}

function mapIndexes({ fieldConstraints, payload }: PostgresAdapter): void {
  for (const collection of payload.config.collections)
    for (const { name, on, unique } of getTableSpec(collection).indexes ?? []) {
      const table = getTableName(collection)
      const fields = findFieldsInSql(payload, table, on)
      const field = fields.find((one) => one !== 'userId') ?? fields[0]
      if (unique && field) fieldConstraints[table] = { ...fieldConstraints[table], [name]: field }
    }
}
