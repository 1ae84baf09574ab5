import type { Plugin } from 'payload'
import { BackupHistory } from './collections/backup-history.ts'
import { BackupSchedules } from './collections/backup-schedules.ts'
import { BackupSettings } from './collections/backup-settings.ts'

/** Backups: their schedules, history and settings. */
export const backupPlugin = (): Plugin => (config) => ({
  ...config,
  collections: [...(config.collections ?? []), BackupSchedules, BackupHistory, BackupSettings],
})
