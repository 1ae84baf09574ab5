import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import { instant } from '../../../src/fields/instant.ts'
import { row, third } from '../../../src/fields/layout.ts'
import { cells } from '../../../src/fields/lot-screens.ts'
import { money } from '../../../src/fields/money.ts'
import { wholeNumber } from '../../../src/fields/numbers.ts'

/**
 * A competitor's price of a car at one time. Written by the scraper, never changed; deleted with
 * its car.
 */
export const CompetitorPriceHistory: CollectionConfig = {
  slug: 'competitor-price-history',
  dbName: 'competitor_price_history',
  labels: { singular: 'Competitor’s price', plural: 'Competitors’ prices' },
  admin: {
    group: 'Competitors',
    useAsTitle: 'car',
    defaultColumns: ['competitorInventory', 'recordedAt', 'price', 'minPrice', 'mileage'],
    description: 'Competitors’ asking prices over time.',
  },
  defaultSort: '-recordedAt',
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
      name: 'car',
      virtual: 'competitorInventory.title',
      admin: { hidden: true, disableListColumn: true },
    },
    belongsTo('competitorInventory', 'competitor-inventory', {
      label: 'Car',
      column: { onDelete: 'cascade' },
    }),
    instant('recordedAt', { label: 'Recorded', column: { defaultNow: true } }),
    row(
      money('price', { required: true, ...third }),
      money('minPrice', {
        ...third,
        label: 'Lowest price',
        description: 'The lowest asking price up to then.',
      }),
      wholeNumber('mileage', { ...third, min: 0, admin: cells.mileage }),
    ),
  ],
  custom: {
    whenEmpty: 'Prices of competitors’ cars appear here after the first scrape run.',
    table: {
      indexes: [
        {
          name: 'competitor_price_history_car_recorded_idx',
          on: 'competitor_inventory_id, recorded_at',
        },
      ],
    },
  },
}
