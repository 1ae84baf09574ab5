import type { CollectionBeforeChangeHook } from 'payload'

/** The server sets when a row was moved to the trash. A new row is never in it. */
export const stampDeletedAt: CollectionBeforeChangeHook = ({ data, operation, originalDoc }) => {
  if (operation === 'create') return { ...data, deletedAt: null }
  if (!data['deletedAt']) return data
  return { ...data, deletedAt: originalDoc.deletedAt ?? new Date().toISOString() }
}
