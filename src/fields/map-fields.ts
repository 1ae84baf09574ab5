import type { Field } from 'payload'

/** A field with its own value; rows and tabs are only layout. */
export type NamedField = Extract<Field, { name: string }>

/**
 * Replaces each named field of a collection, including those in rows and tabs, with the result of
 * `change`.
 */
export function mapFields(fields: readonly Field[], change: (field: NamedField) => Field): Field[] {
  return fields.map((field): Field => {
    if (field.type === 'tabs')
      return {
        ...field,
        tabs: field.tabs.map((tab) => ({ ...tab, fields: mapFields(tab.fields, change) })),
      }
    if (field.type === 'row') return { ...field, fields: mapFields(field.fields, change) }
    return 'name' in field && field.name ? change(field) : field
  })
}
