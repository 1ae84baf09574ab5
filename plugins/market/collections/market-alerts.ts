import type { CollectionConfig } from 'payload'
import { stampDismissal } from '../../../hooks/system/dismissal.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import { choice } from '../../../src/fields/choice.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row, third } from '../../../src/fields/layout.ts'
import { money } from '../../../src/fields/money.ts'
import { decimal, wholeNumber } from '../../../src/fields/numbers.ts'
import { checkbox, text, textarea } from '../../../src/fields/text.ts'
import { ALERT_SEVERITIES, ALERT_TYPES } from '../domain/alert.ts'

const readOnlyField = {
  readOnly: true,
  access: { create: permissions.nobody, update: permissions.nobody },
} as const

/**
 * One car whose price stood out by one rule, with the figures of that time. Jobs create alerts;
 * people can only dismiss them, permanently. At most one alert per rule and car is open. An alert
 * outlives its rule and its car: `ruleName` and `vin` still name them.
 */
export const MarketAlerts: CollectionConfig = {
  slug: 'market-alerts',
  dbName: 'market_alerts',
  labels: { singular: 'Market alert', plural: 'Market alerts' },
  admin: {
    group: 'Market',
    useAsTitle: 'message',
    defaultColumns: ['message', 'inventory', 'severity', 'alertType', 'dismissed', 'raisedAt'],
    listSearchableFields: ['message', 'vin', 'ruleName'],
    description:
      'Warnings about cars that stand out in the market. Check Dismissed when you have ' +
      'handled one.',
  },
  defaultSort: '-raisedAt',
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
    textarea('message', { ...readOnlyField, required: true }),
    row(
      choice('alertType', 50, ALERT_TYPES, {
        ...readOnlyField,
        required: true,
        label: 'Reason',
        ...half,
      }),
      choice('severity', 20, ALERT_SEVERITIES, { ...readOnlyField, required: true, ...half }),
    ),
    row(
      belongsTo('inventory', 'inventory', {
        ...readOnlyField,
        label: 'Car',
        column: { onDelete: 'set null' },
        ...half,
      }),
      text('vin', 17, { ...readOnlyField, label: 'VIN', ...half }),
    ),
    row(
      belongsTo('rule', 'market-alert-rules', {
        ...readOnlyField,
        column: { onDelete: 'set null' },
        ...half,
      }),
      text('ruleName', 100, { ...readOnlyField, label: 'Rule name', ...half }),
    ),
    row(
      money('ourPrice', { ...readOnlyField, ...third }),
      money('expectedPrice', {
        ...readOnlyField,
        description: 'The market price of a comparable car at our car’s mileage.',
        ...third,
      }),
      decimal('percent', {
        ...readOnlyField,
        label: 'Difference (%)',
        description: 'What the rule measures; empty if there are too few comparable cars.',
        ...third,
      }),
    ),
    wholeNumber('sampleSize', { ...readOnlyField, label: 'Cars compared' }),
    checkbox('dismissed', {
      defaultValue: false,
      description: 'Handled. This cannot be undone.',
      admin: { position: 'sidebar' },
    }),
    instant('dismissedAt', { ...readOnlyField, admin: { position: 'sidebar' } }),
    instant('snoozedUntilAt', {
      label: 'Snoozed until',
      description: 'The alert is not listed until then.',
      admin: { position: 'sidebar' },
    }),
    instant('raisedAt', {
      ...readOnlyField,
      required: true,
      label: 'Raised',
      index: true,
      column: { defaultNow: true },
      admin: { position: 'sidebar' },
    }),
  ],
  custom: {
    whenEmpty:
      'An alert appears here when a market analysis finds a car that matches an alert rule.',
    table: {
      indexes: [
        {
          name: 'market_alerts_open_idx',
          on: 'rule_id, inventory_id',
          unique: true,
          where: 'dismissed IS NOT TRUE',
        },
      ],
    },
  },
}
