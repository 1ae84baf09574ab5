import type { CollectionConfig, TextFieldSingleValidation } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { findCronProblem } from '../../../src/domain/cron.ts'
import { choice } from '../../../src/fields/choice.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row } from '../../../src/fields/layout.ts'
import { wholeNumber } from '../../../src/fields/numbers.ts'
import { text, checkbox } from '../../../src/fields/text.ts'

const byServer = {
  readOnly: true,
  access: { create: permissions.nobody, update: permissions.nobody },
}

const isCron: TextFieldSingleValidation = (value) =>
  value ? (findCronProblem(value) ?? true) : true

/** When backups run, and how many are kept. Backups outlive their schedule. */
export const BackupSchedules: CollectionConfig = {
  slug: 'backup-schedules',
  dbName: 'backup_schedules',
  labels: { singular: 'Backup schedule', plural: 'Backup schedules' },
  admin: {
    group: 'Backups',
    useAsTitle: 'name',
    defaultColumns: [
      'name',
      'frequency',
      'cronExpression',
      'retentionCount',
      'isEnabled',
      'nextRunAt',
    ],
    listSearchableFields: ['name'],
    description: 'When backups will be made.',
  },
  defaultSort: 'name',
  lockDocuments: false,
  access: {
    create: permissions.isStaffAdmin,
    read: permissions.isStaffAdmin,
    update: permissions.isStaffAdmin,
    delete: permissions.isStaffAdmin,
  },
  fields: [
    text('name', 100, { required: true }),
    row(
      choice(
        'frequency',
        20,
        { hourly: 'Hourly', daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly' },
        { required: true, ...half },
      ),
      text('cronExpression', 50, {
        required: true,
        ...half,
        label: 'Cron expression',
        description:
          'Minute, hour, day of month, month, day of week, in UTC. 0 3 * * * means every ' +
          'day at 3:00 AM.',
        validate: isCron,
      }),
    ),
    wholeNumber('retentionCount', {
      required: true,
      min: 1,
      max: 1000,
      defaultValue: 7,
      label: 'Backups kept',
      description: 'Older backups beyond this number are deleted.',
    }),
    checkbox('isEnabled', {
      defaultValue: true,
      index: true,
      label: 'On',
      admin: { position: 'sidebar' },
    }),
    instant('lastRunAt', { ...byServer, label: 'Last backup', admin: { position: 'sidebar' } }),
    instant('nextRunAt', {
      ...byServer,
      index: true,
      label: 'Next backup',
      admin: { position: 'sidebar' },
    }),
  ],
  custom: {
    notYet: {
      words:
        'Backups are not implemented yet, and no schedule runs. Back up the database and ' +
        'the photo folder with your own tools.',
      switches: [
        'frequency',
        'cronExpression',
        'retentionCount',
        'isEnabled',
        'lastRunAt',
        'nextRunAt',
      ],
      whole: true,
    },
  },
}
