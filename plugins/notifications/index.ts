import type { Plugin } from 'payload'
import { EmailTemplates } from './collections/email-templates.ts'
import { NotificationLogs } from './collections/notification-logs.ts'

/** What owners are told, in which words, and when they were told it. */
export const notificationsPlugin = (): Plugin => (config) => ({
  ...config,
  collections: [...(config.collections ?? []), EmailTemplates, NotificationLogs],
})
