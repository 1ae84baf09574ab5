import type { CollectionConfig } from 'payload'
import { stampDismissal } from '../../hooks/system/dismissal.ts'
import { permissions } from '../../src/access/permissions.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { textarea, text, checkbox } from '../../src/fields/text.ts'

const readOnlyField = {
  readOnly: true,
  access: { create: permissions.nobody, update: permissions.nobody },
} as const

/**
 * One warning about storage. Storage is not monitored yet, so nothing creates warnings. People can
 * only dismiss them, permanently. At most one warning per cause (`metadata.cause`) is open.
 */
export const StorageAlerts: CollectionConfig = {
  slug: 'storage-alerts',
  dbName: 'storage_alerts',
  labels: { singular: 'Storage alert', plural: 'Storage alerts' },
  admin: {
    group: 'System',
    useAsTitle: 'message',
    defaultColumns: ['message', 'severity', 'alertType', 'dismissed', 'createdAt'],
    listSearchableFields: ['message', 'alertType'],
    description: 'Warnings about storage. Check Dismissed when you have handled one.',
  },
  defaultSort: '-createdAt',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.nobody,
  },
  hooks: { beforeChange: [stampDismissal] },
  fields: [
    row(
      text('alertType', 255, {
        ...readOnlyField,
        label: 'About',
        ...half,
      }),
      choice(
        'severity',
        255,
        { warning: 'Warning', critical: 'Critical' },
        { ...readOnlyField, ...half },
      ),
    ),
    textarea('message', readOnlyField),
    json('metadata', {
      ...readOnlyField,
      label: 'Details',
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
    checkbox('dismissed', {
      defaultValue: false,
      description: 'Handled. This cannot be undone.',
      admin: { position: 'sidebar' },
    }),
    instant('dismissedAt', { ...readOnlyField, admin: { position: 'sidebar' } }),
    instant('createdAt', {
      ...readOnlyField,
      label: 'Raised',
      index: true,
      column: { defaultNow: true },
      admin: { position: 'sidebar' },
    }),
  ],
  custom: {
    notYet: {
      words: 'Storage is not monitored yet, so no alerts are raised.',
      whole: true,
    },
    table: {
      indexes: [
        {
          name: 'storage_alerts_open_cause_idx',
          on: "(metadata ->> 'cause')",
          unique: true,
          where: 'dismissed IS NOT TRUE',
        },
      ],
    },
  },
}
