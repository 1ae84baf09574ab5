import type { CollectionBeforeChangeHook } from 'payload'

/** The moment an account was deactivated is the server's to say, and that an admin did it: owners undo only what they did themselves. */
export const stampDeactivation: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  if (!data['deactivatedAt']) return { ...data, deactivatedBy: null }
  const before: unknown = originalDoc?.deactivatedAt
  return {
    ...data,
    deactivatedAt: before ?? new Date().toISOString(),
    deactivatedBy: before ? originalDoc?.deactivatedBy : 'admin',
  }
}

/** Another address for mails is not confirmed, and a link that was sent for the one before confirms nothing. */
export const forgetConfirmation: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  if (!('notificationEmail' in data) || data['notificationEmail'] === originalDoc?.notificationEmail) return data
  return { ...data, notificationEmailConfirmedAt: null, notificationEmailNonce: null }
}
