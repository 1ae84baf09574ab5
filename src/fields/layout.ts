import type { CollectionSlug, Field, JoinField, RowField, UnnamedTab } from 'payload'

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
