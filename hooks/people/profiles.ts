import type { CollectionBeforeChangeHook } from 'payload'

/**
 * The server sets when an account was deactivated, and whether an admin did it: owners can undo
 * their own deactivation, but not a later one by an admin. A form that sends the unchanged time
 * changes nothing.
 */
export const stampDeactivation: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  const provided: unknown = data['deactivatedAt']
  if (!provided) return { ...data, deactivatedBy: null }
  const before: unknown = originalDoc?.deactivatedAt
  return {
    ...data,
    deactivatedAt: before ?? new Date().toISOString(),
    deactivatedBy: before && isSameMoment(before, provided) ? originalDoc?.deactivatedBy : 'admin',
  }
}

const isSameMoment = (one: unknown, other: unknown) =>
  Date.parse(String(one)) === Date.parse(String(other))

/**
 * A new notification address is unconfirmed, and a link for the previous address becomes invalid.
 */
export const resetEmailConfirmation: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  if (
    !('notificationEmail' in data) ||
    data['notificationEmail'] === originalDoc?.notificationEmail
  )
    return data
  return { ...data, notificationEmailConfirmedAt: null, notificationEmailNonce: null }
}
