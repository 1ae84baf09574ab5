import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { choice } from '../../../src/fields/choice.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row } from '../../../src/fields/layout.ts'
import { decimal, wholeNumber } from '../../../src/fields/numbers.ts'
import { text, checkbox } from '../../../src/fields/text.ts'
import { ALERT_TYPES } from '../domain/alert.ts'

/**
 * One rule for alerts about cars with an unusual market price. Evaluated after each analysis;
 * raises market alerts.
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
    description: 'When a car raises an alert. Each rule keeps at most one alert open per car.',
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
      choice('alertType', 50, ALERT_TYPES, { required: true, ...half, label: 'Alert when' }),
      wholeNumber('cooldownHours', {
        required: true,
        defaultValue: 72,
        min: 0,
        max: 8_760,
        ...half,
        label: 'Cooldown (hours)',
        description:
          'Time after an alert is dismissed before the same cause can raise another one.',
      }),
    ),
    row(
      decimal('thresholdPercent', {
        required: true,
        defaultValue: 10,
        min: 0,
        max: 1000,
        precision: 6,
        scale: 2,
        ...half,
        label: 'Threshold (%)',
        description:
          'Minimum difference from the market, or change of the market within two weeks. Not ' +
          'used for alerts about too few cars or about a car that is for sale for a long time.',
      }),
      wholeNumber('thresholdDays', {
        required: true,
        defaultValue: 60,
        min: 1,
        max: 3_650,
        ...half,
        label: 'Threshold (days)',
        description:
          'Minimum time for sale. Only for alerts about a car that is for sale for a long time.',
      }),
    ),
    checkbox('active', { defaultValue: true, admin: { position: 'sidebar' } }),
    instant('mutedUntilAt', {
      label: 'Muted until',
      description: 'The rule raises no alerts until then.',
      admin: { position: 'sidebar' },
    }),
  ],
}
