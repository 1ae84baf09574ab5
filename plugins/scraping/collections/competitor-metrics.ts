import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import { instant } from '../../../src/fields/instant.ts'
import { row, third } from '../../../src/fields/layout.ts'
import { money } from '../../../src/fields/money.ts'
import { decimal, wholeNumber } from '../../../src/fields/numbers.ts'

const count = { min: 0, defaultValue: 0, ...third }

/**
 * The metrics of one competitor at one time. Calculated from its cars, never changed; deleted with
 * them.
 */
export const CompetitorMetrics: CollectionConfig = {
  slug: 'competitor-metrics',
  dbName: 'competitor_metrics',
  labels: { singular: 'Competitor metric', plural: 'Competitor metrics' },
  admin: {
    group: 'Competitors',
    useAsTitle: 'name',
    defaultColumns: [
      'competitor',
      'calculatedAt',
      'totalInventory',
      'avgPrice',
      'avgDaysOnMarket',
      'vehiclesSold30d',
    ],
    description: 'How many cars competitors have, their prices, and how fast the cars sell.',
  },
  defaultSort: '-calculatedAt',
  timestamps: false,
  lockDocuments: false,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.nobody,
    delete: permissions.isStaffAdmin,
  },
  fields: [
    {
      type: 'text',
      name: 'name',
      virtual: 'competitor.name',
      admin: { hidden: true, disableListColumn: true },
    },
    belongsTo('competitor', 'competitors', { required: true, column: { onDelete: 'cascade' } }),
    instant('calculatedAt', { label: 'Calculated', column: { defaultNow: true } }),
    row(
      wholeNumber('totalInventory', { ...count, label: 'Cars for sale' }),
      money('avgPrice', { ...third, label: 'Average price' }),
      decimal('avgDaysOnMarket', {
        precision: 5,
        scale: 2,
        min: 0,
        ...third,
        label: 'Average days on market',
      }),
    ),
    row(
      wholeNumber('vehiclesSold30d', {
        ...count,
        label: 'Sold in 30 days',
        column: { name: 'vehicles_sold_30d' },
      }),
      wholeNumber('priceChanges30d', {
        ...count,
        label: 'Price changes in 30 days',
        column: { name: 'price_changes_30d' },
      }),
      wholeNumber('newListings30d', {
        ...count,
        label: 'New in 30 days',
        column: { name: 'new_listings_30d' },
      }),
    ),
  ],
  custom: {
    whenEmpty: 'A competitor’s metrics appear here after the first scrape run.',
    table: {
      indexes: [
        {
          name: 'competitor_metrics_competitor_calculated_idx',
          on: 'competitor_id, calculated_at',
        },
      ],
    },
  },
}
