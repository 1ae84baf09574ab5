import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { textarea, untypedReference, text, checkbox } from '../../src/fields/text.ts'

const readOnlyField = { readOnly: true } as const

/**
 * One run of a job: one attempt, by one worker. Written by the engine (jobs/engine) when the run
 * starts and closed when it ends, or by another worker if the first one died. It has no status
 * while it runs. Not editable. `leaseEndsAt` is set when the run starts and kept if it lapses.
 */
export const JobHistory: CollectionConfig = {
  slug: 'job-history',
  dbName: 'job_history',
  labels: { singular: 'Job run', plural: 'Job history' },
  admin: {
    group: 'System',
    useAsTitle: 'jobName',
    defaultColumns: ['jobName', 'status', 'attempt', 'startedAt', 'durationMs', 'error'],
    listSearchableFields: ['jobName', 'error', 'worker'],
    description: 'Background job runs: when each one ran, how long it took, and how it ended.',
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
      text('jobName', 255, { ...readOnlyField, label: 'Job', index: true, ...half }),
      choice(
        'status',
        255,
        { success: 'Success', failure: 'Failure' },
        { ...readOnlyField, ...half },
      ),
    ),
    row(
      instant('startedAt', { ...readOnlyField, index: true, ...third }),
      instant('completedAt', { ...readOnlyField, ...third }),
      wholeNumber('durationMs', {
        ...readOnlyField,
        min: 0,
        label: 'Duration',
        description: 'In milliseconds.',
        ...third,
      }),
    ),
    json('result', {
      ...readOnlyField,
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
    textarea('error', {
      ...readOnlyField,
      description: 'Why the run failed, and the underlying causes.',
    }),
    row(
      wholeNumber('attempt', { ...readOnlyField, min: 1, ...third }),
      text('worker', 255, {
        ...readOnlyField,
        description: 'Host, process, and a unique ID.',
        ...third,
      }),
      checkbox('dead', {
        ...readOnlyField,
        defaultValue: false,
        label: 'Failed permanently',
        description: 'Not retried automatically.',
        ...third,
      }),
    ),
    row(
      wholeNumber('progressDone', { ...readOnlyField, min: 0, label: 'Progress', ...third }),
      wholeNumber('progressTotal', { ...readOnlyField, min: 0, label: 'Total', ...third }),
      instant('nextAttemptAt', { ...readOnlyField, label: 'Next attempt', ...third }),
    ),
    json('input', {
      ...readOnlyField,
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
    untypedReference('jobId', { ...readOnlyField, hidden: true }),
    instant('leaseEndsAt', { ...readOnlyField, hidden: true }),
    wholeNumber('commits', { ...readOnlyField, min: 0, hidden: true }),
  ],
  custom: {
    whenEmpty: 'A run appears here when a job starts.',
    table: {
      indexes: [
        { name: 'job_history_job_idx', on: 'job_id' },
        {
          name: 'job_history_one_open_idx',
          on: 'job_id',
          unique: true,
          where: 'completed_at IS NULL',
        },
        { name: 'job_history_open_idx', on: 'lease_ends_at', where: 'completed_at IS NULL' },
        { name: 'job_history_dead_idx', on: 'started_at DESC', where: 'dead' },
      ],
    },
  },
}
