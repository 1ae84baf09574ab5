import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { choice } from '../../../src/fields/choice.ts'
import { instant } from '../../../src/fields/instant.ts'
import { row, third } from '../../../src/fields/layout.ts'
import { decimal, wholeNumber } from '../../../src/fields/numbers.ts'
import { text, checkbox } from '../../../src/fields/text.ts'
import { ALERT_TYPES } from '../domain/alert.ts'

/**
 * When somebody is to hear that a car stands out in the market. Looked at after each analysis; what
 * it raises is in the alerts.
 */
export const MarketAlertRules: CollectionConfig = {
  slug: 'market-alert-rules',
  dbName: 'market_alert_rules',
  labels: { singular: 'Alert rule', plural: 'Alert rules' },
  admin: {
    group: 'Market',
    useAsTitle: 'name',
    defaultColumns: ['name', 'alertType', 'thresholdPercent', 'active', 'mutedUntilAt'],
    listSearchableFields: ['name'],
    description: 'When a car raises an alert. One alert a car and rule is open at a time.',
  },
  defaultSort: 'name',
  lockDocuments: false,
  access: {
    create: permissions.canManageLot,
    read: permissions.isStaff,
    update: permissions.canManageLot,
    delete: permissions.isStaffAdmin,
  },
  fields: [
    text('name', 100, { required: true }),
    row(
      choice('alertType', 50, ALERT_TYPES, { required: true, ...third, label: 'Alert when' }),
      decimal('thresholdPercent', {
        required: true,
        defaultValue: 10,
        min: 0,
        max: 1000,
        precision: 6,
        scale: 2,
        ...third,
        label: 'From percent on',
        description: 'How far from the market. Not used where too few cars are the cause.',
      }),
      wholeNumber('cooldownHours', {
        required: true,
        defaultValue: 72,
        min: 0,
        max: 8_760,
        ...third,
        label: 'Leave alone for hours',
        description: 'After an alert was dismissed, before the same cause raises another.',
      }),
    ),
    checkbox('active', { defaultValue: true, admin: { position: 'sidebar' } }),
    instant('mutedUntilAt', {
      label: 'Muted until',
      description: 'Raises nothing before.',
      admin: { position: 'sidebar' },
    }),
  ],
}
