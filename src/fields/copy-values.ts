import type { CollectionConfig, Field } from 'payload'
import { mapFields } from './map-fields.ts'

/**
 * The values, by field, that replace the row-specific ones in a copy (POST
 * /api/<slug>/:id/duplicate).
 */
export type CopyValues = Readonly<Record<string, unknown>>

/**
 * Applies the copy values that a collection declares as `custom.copies`. Throws an Error for a name
 * that is not a field: the copy would keep a value that it must not have.
 */
export function withCopyValues(collection: CollectionConfig): CollectionConfig {
  const values = collection.custom?.['copies'] as CopyValues | undefined
  if (!values) return collection
  const left = new Set(Object.keys(values))
  const fields = mapFields(collection.fields, (field) => {
    if (!(field.name in values)) return field
    left.delete(field.name)
    const value = values[field.name]
    return {
      ...field,
      hooks: { ...('hooks' in field && field.hooks), beforeDuplicate: [() => value] },
    } as Field
  })
  if (left.size > 0)
    throw new Error(
      `custom.copies of ${collection.slug} names ${[...left].join(', ')}, but the ` +
        'collection has no such field.',
    )
  return { ...collection, fields }
}
