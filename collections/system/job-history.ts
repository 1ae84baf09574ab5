import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { longText, text } from '../../src/fields/text.ts'

const noted = { readOnly: true } as const

/** One run of a job, written by the job when it ends. Nobody changes or deletes it. */
export const JobHistory: CollectionConfig = {
  slug: 'job-history',
  dbName: 'job_history',
  labels: { singular: 'Job run', plural: 'Job history' },
  admin: {
    group: 'System',
    useAsTitle: 'jobName',
    defaultColumns: ['jobName', 'status', 'startedAt', 'durationMs', 'error'],
    listSearchableFields: ['jobName', 'error'],
    description: 'What ran by itself, when, for how long, and how it ended.',
    pagination: { defaultLimit: 50, limits: [25, 50, 100] },
  },
  defaultSort: '-startedAt',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.nobody,
    delete: permissions.nobody,
  },
  fields: [
    row(
      text('jobName', 255, { ...noted, label: 'Job', index: true, ...half }),
      choice('status', 255, { success: 'Success', failure: 'Failure' }, { ...noted, ...half }),
    ),
    row(
      instant('startedAt', { ...noted, index: true, ...third }),
      instant('completedAt', { ...noted, ...third }),
      wholeNumber('durationMs', { ...noted, least: 0, label: 'Took', describe: 'Milliseconds.', ...third }),
    ),
    json('result', { ...noted, admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } } }),
    longText('error', { ...noted, describe: 'Why it failed.' }),
  ],
}
