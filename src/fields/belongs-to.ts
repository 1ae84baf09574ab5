import type { CollectionSlug, SingleRelationshipField } from 'payload'
import { type FieldOptions, buildFieldBase } from './column.ts'

/**
 * A reference to one row of another table. Its column is `<name>_id` unless `options.column.name`
 * says otherwise; deleting the other row is refused unless `options.column.onDelete` says
 * otherwise.
 */
export function belongsTo(
  name: string,
  relationTo: CollectionSlug,
  options: FieldOptions = {},
): SingleRelationshipField {
  return { type: 'relationship', relationTo, hasMany: false, ...buildFieldBase(name, options) }
}
