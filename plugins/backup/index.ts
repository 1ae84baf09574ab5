import type { Plugin } from 'payload'
import { BackupHistory } from './collections/backup-history.ts'
import { BackupSchedules } from './collections/backup-schedules.ts'
import { BackupSettings } from './collections/backup-settings.ts'

/** When backups are made, what became of them, and how they are made. */
export const backupPlugin = (): Plugin => (config) => ({
  ...config,
  collections: [...(config.collections ?? []), BackupSchedules, BackupHistory, BackupSettings],
})
