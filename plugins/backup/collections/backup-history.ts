import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import { choice } from '../../../src/fields/choice.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row, third } from '../../../src/fields/layout.ts'
import { json } from '../../../src/fields/lists.ts'
import { bigNumber, wholeNumber } from '../../../src/fields/numbers.ts'
import { textarea, text } from '../../../src/fields/text.ts'

/**
 * One backup and its result. Written by the job that creates it; kept when its schedule is deleted.
 */
export const BackupHistory: CollectionConfig = {
  slug: 'backup-history',
  dbName: 'backup_history',
  labels: { singular: 'Backup', plural: 'Backup history' },
  admin: {
    group: 'Backups',
    useAsTitle: 'filename',
    defaultColumns: [
      'filename',
      'status',
      'backupType',
      'fileSizeBytes',
      'startedAt',
      'completedAt',
    ],
    listSearchableFields: ['filename'],
    description: 'All backups, including failed attempts.',
  },
  defaultSort: '-startedAt',
  timestamps: false,
  lockDocuments: false,
  access: {
    create: permissions.nobody,
    read: permissions.isStaffAdmin,
    update: permissions.nobody,
    delete: permissions.nobody,
  },
  fields: [
    row(
      text('filename', 255, { required: true, ...half, label: 'File' }),
      text('filePath', 500, { required: true, ...half, label: 'Location' }),
    ),
    row(
      choice(
        'status',
        20,
        { in_progress: 'In progress', completed: 'Completed', failed: 'Failed' },
        { required: true, index: true, ...third },
      ),
      choice(
        'backupType',
        20,
        { scheduled: 'Scheduled', manual: 'Manual' },
        { required: true, ...third, label: 'Type' },
      ),
      belongsTo('schedule', 'backup-schedules', { ...third, column: { onDelete: 'set null' } }),
    ),
    row(
      bigNumber('fileSizeBytes', { required: true, ...third, label: 'Size in bytes' }),
      wholeNumber('databaseTablesCount', { min: 0, ...third, label: 'Tables' }),
      wholeNumber('documentsCount', { min: 0, ...third, label: 'Files' }),
    ),
    row(
      instant('startedAt', {
        index: true,
        ...third,
        label: 'Started',
        column: { defaultNow: true },
      }),
      instant('completedAt', { ...third, label: 'Completed' }),
      text('createdBy', 255, { ...third, label: 'Requested by' }),
    ),
    textarea('errorMessage', { label: 'Error' }),
    json('metadata', {
      shape: 'object',
      defaultValue: {},
      label: 'More details',
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
  ],
  custom: {
    notYet: {
      words: 'Backups are not implemented yet, so nothing new appears in this list.',
      whole: true,
    },
  },
}
