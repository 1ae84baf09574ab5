import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { getTableName, getTableSpec } from '../fields/column.ts'
import { findFieldsInSql } from './tables.ts'

/**
 * Maps our unique indexes to fields for Payload, so that a duplicate is reported for its field and
 * not under the name of the index. For an index over several columns, the field is the one that is
 * not the owner.
 */
export function nameConstraints({
  fieldConstraints,
  payload,
}: Pick<PostgresAdapter, 'fieldConstraints' | 'payload'>): void {
  for (const collection of payload.config.collections)
    for (const { name, on, unique } of getTableSpec(collection).indexes ?? []) {
      const table = getTableName(collection)
      const fields = findFieldsInSql(payload, table, on)
      const field = fields.find((one) => one !== 'userId') ?? fields[0]
      if (unique && field) fieldConstraints[table] = { ...fieldConstraints[table], [name]: field }
    }
}
