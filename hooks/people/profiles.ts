import type { CollectionBeforeChangeHook } from 'payload'

/**
 * The moment an account was deactivated is the server's to say, and that an admin did it: owners
 * undo only what they did themselves, and not what an admin did after them. A form that sends the
 * moment back as it is says nothing new.
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
 * Another address for mails is not confirmed, and a link that was sent for the one before confirms
 * nothing.
 */
export const resetEmailConfirmation: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  if (
    !('notificationEmail' in data) ||
    data['notificationEmail'] === originalDoc?.notificationEmail
  )
    return data
  return { ...data, notificationEmailConfirmedAt: null, notificationEmailNonce: null }
}
