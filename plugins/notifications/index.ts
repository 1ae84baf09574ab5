import type { Plugin } from 'payload'
import { EmailTemplates } from './collections/email-templates.ts'
import { NotificationLogs } from './collections/notification-logs.ts'

/** Notifications to owners: the e-mail templates and the log of sent messages. */
export const notificationsPlugin = (): Plugin => (config) => ({
  ...config,
  collections: [...(config.collections ?? []), EmailTemplates, NotificationLogs],
})
