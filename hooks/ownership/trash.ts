import type { CollectionBeforeChangeHook } from 'payload'

/** The moment a row went to the trash is the server's to say. A new row never begins there. */
export const stampDeletedAt: CollectionBeforeChangeHook = ({ data, operation, originalDoc }) => {
  if (operation === 'create') return { ...data, deletedAt: null }
  if (!data['deletedAt']) return data
  return { ...data, deletedAt: originalDoc.deletedAt ?? new Date().toISOString() }
}
