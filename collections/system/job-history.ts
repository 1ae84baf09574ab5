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
 * One run of a job: an attempt, by one worker. Written by the engine (jobs/engine) when the run
 * begins and closed when it ends, by another worker where the first one died. It has no status
 * while it runs, and whoever's lease it holds may close it, nobody else. Nobody changes or deletes
 * it by hand.
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
        label: 'Took',
        description: 'Milliseconds.',
        ...third,
      }),
    ),
    json('result', {
      ...readOnlyField,
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
    textarea('error', { ...readOnlyField, description: 'Why it failed, and what that came from.' }),
    row(
      wholeNumber('attempt', { ...readOnlyField, min: 1, ...third }),
      text('worker', 255, {
        ...readOnlyField,
        description: 'Host, process, and a mark of its own.',
        ...third,
      }),
      checkbox('dead', {
        ...readOnlyField,
        defaultValue: false,
        label: 'Given up',
        description: 'Not tried again by itself.',
        ...third,
      }),
    ),
    row(
      wholeNumber('progressDone', { ...readOnlyField, min: 0, label: 'Done so far', ...third }),
      wholeNumber('progressTotal', { ...readOnlyField, min: 0, label: 'Of', ...third }),
      instant('nextAttemptAt', { ...readOnlyField, label: 'Tried again', ...third }),
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
    whenEmpty: 'A run appears here when a job begins.',
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
