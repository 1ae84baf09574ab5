import type { CollectionSlug, SingleRelationshipField } from 'payload'
import { type FieldOptions, buildFieldBase } from './column.ts'

/**
 * A reference to one row of another table. Its column is `<name>_id` unless `options.column.name`
 * is set. Deleting the referenced row is refused unless `options.column.onDelete` is set.
 */
export function belongsTo(
  name: string,
  relationTo: CollectionSlug,
  options: FieldOptions = {},
): SingleRelationshipField {
  return { type: 'relationship', relationTo, hasMany: false, ...buildFieldBase(name, options) }
}
