import type { PostgresAdapter } from '@payloadcms/db-postgres'
import { getTableName, getTableSpec } from '../fields/column.ts'
import { findFieldsInSql } from './tables.ts'

/**
 * Tells Payload which field a unique index of ours is about, so that a duplicate is refused at that
 * field and not under the index's name. Of several the one that is not the owner.
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
