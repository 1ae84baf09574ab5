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
 * One warning: today always that a car stands out in the market, for nothing watches storage yet.
 * Jobs write it; people dismiss it, once and for all, and change nothing else. Of one cause,
 * `metadata.cause`, one is open at a time.
 */
export const StorageAlerts: CollectionConfig = {
  slug: 'storage-alerts',
  dbName: 'storage_alerts',
  labels: { singular: 'Alert', plural: 'Alerts' },
  admin: {
    group: 'System',
    useAsTitle: 'message',
    defaultColumns: ['message', 'severity', 'alertType', 'dismissed', 'createdAt'],
    listSearchableFields: ['message', 'alertType'],
    description:
      'Warnings about cars that stand out in the market. Tick Dismissed when one is dealt with.',
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
        description: 'overpriced, underpriced, …',
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
      description: 'Dealt with. It stays dismissed.',
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
    whenEmpty:
      'An alert appears here when an alert rule finds a car that stands out after a market ' +
      'analysis.',
    table: {
      indexes: [
        {
          name: 'storage_alerts_open_cause_idx',
          on: "(metadata ->> 'cause')",
          unique: true,
          where: 'dismissed IS NOT TRUE',
        },
        { name: 'storage_alerts_cause_idx', on: "(metadata ->> 'cause'), created_at" },
      ],
    },
  },
}
