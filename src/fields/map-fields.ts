import type { Field } from 'payload'

/** A field with a value of its own; rows and tabs only arrange others. */
export type NamedField = Extract<Field, { name: string }>

/**
 * The fields of a collection in their rows and tabs, each that has a name replaced by what `change`
 * makes of it.
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
