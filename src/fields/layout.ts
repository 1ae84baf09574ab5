import type {
  CollectionConfig,
  CollectionSlug,
  Field,
  JoinField,
  RowField,
  TabsField,
  UnnamedTab,
} from 'payload'

/** Fields side by side in one row of the form. */
export const row = (...fields: Field[]): RowField => ({ type: 'row', fields })

/** The width of a field in a row. */
export const half = { width: '50%' } as const
export const third = { width: '33.33%' } as const

/** One tab of a screen. */
export const tab = (label: string, ...fields: Field[]): UnnamedTab => ({ label, fields })

/**
 * The rows of another table that refer to this one through their field `on`, newest first, as a
 * table in the form.
 */
export function joinField(
  name: string,
  collection: CollectionSlug,
  on: string,
  columns: string[],
): JoinField {
  return {
    type: 'join',
    name,
    collection,
    on,
    defaultLimit: 10,
    maxDepth: 0,
    admin: { allowCreate: false, defaultColumns: columns },
  }
}

/** Adds a row of fields to the end of a tab of a collection. Throws an Error without such a tab. */
export function addToTab(
  collection: CollectionConfig,
  label: string,
  ...added: Field[]
): CollectionConfig {
  const found = { tab: false }
  const extend = (one: TabsField['tabs'][number]) => {
    if (one.label !== label) return one
    found.tab = true
    return { ...one, fields: [...one.fields, row(...added)] }
  }
  const fields = collection.fields.map((field) =>
    field.type === 'tabs' ? { ...field, tabs: field.tabs.map(extend) } : field,
  )
  if (!found.tab) throw new Error(`Collection ${collection.slug} has no tab ${label}.`)
  return { ...collection, fields }
}
