import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row } from '../../../src/fields/layout.ts'
import { money } from '../../../src/fields/money.ts'
import { wholeNumber } from '../../../src/fields/numbers.ts'

/** Our price and the market price of a car at one time. Never changed; deleted with its car. */
export const MarketPriceHistory: CollectionConfig = {
  slug: 'market-price-history',
  dbName: 'market_price_history',
  labels: { singular: 'Market price', plural: 'Market prices' },
  admin: {
    group: 'Market',
    useAsTitle: 'car',
    defaultColumns: [
      'inventory',
      'recordedAt',
      'ourPrice',
      'medianMarketPrice',
      'minMarketPrice',
      'sampleSize',
    ],
    description: 'Our prices and market prices over time.',
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
      virtual: 'inventory.title',
      admin: { hidden: true, disableListColumn: true },
    },
    belongsTo('inventory', 'inventory', { label: 'Car', column: { onDelete: 'cascade' } }),
    instant('recordedAt', { label: 'Recorded', column: { defaultNow: true } }),
    row(
      money('ourPrice', { required: true, ...half, label: 'Our price' }),
      money('medianMarketPrice', { ...half, label: 'Market median' }),
    ),
    row(
      money('minMarketPrice', { ...half, label: 'Market low' }),
      wholeNumber('sampleSize', { ...half, min: 0, label: 'Cars compared' }),
    ),
  ],
  custom: {
    whenEmpty: 'A car’s price appears here each time the car is analyzed.',
    table: {
      indexes: [{ name: 'market_price_history_car_recorded_idx', on: 'inventory_id, recorded_at' }],
    },
  },
}
