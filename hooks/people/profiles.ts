import type { CollectionBeforeChangeHook } from 'payload'

/** The moment an account was deactivated is the server's to say. */
export const stampDeactivation: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  if (!data['deactivatedAt']) return data
  return { ...data, deactivatedAt: originalDoc?.deactivatedAt ?? new Date().toISOString() }
}
