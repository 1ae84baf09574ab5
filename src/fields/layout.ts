import type { CollectionSlug, Field, JoinField, RowField, UnnamedTab } from 'payload'

/** Fields side by side on one line of the screen. */
export const row = (...fields: Field[]): RowField => ({ type: 'row', fields })

/** How much of a line a field takes. */
export const half = { width: '50%' } as const
export const third = { width: '33.33%' } as const

/** One tab of a screen. */
export const tab = (label: string, ...fields: Field[]): UnnamedTab => ({ label, fields })

/**
 * The rows of another table that refer to this one by their field `on`, newest first, as a table on
 * the screen.
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
