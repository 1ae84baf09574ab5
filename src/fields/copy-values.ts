import type { CollectionConfig, Field } from 'payload'
import { mapFields } from './map-fields.ts'

/**
 * What a copy of a row (POST /api/<slug>/:id/duplicate) has instead of what is about the one thing
 * that the row stands for, by field.
 */
export type CopyValues = Readonly<Record<string, unknown>>

/**
 * A collection whose copies have the values that it declares as `custom.copies`. Throws an Error
 * for a name that is not one of a field: the copy would keep what it should not.
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
      `custom.copies of ${collection.slug} names ${[...left].join(', ')}, which no field has.`,
    )
  return { ...collection, fields }
}
