import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row, third } from '../../../src/fields/layout.ts'
import { money } from '../../../src/fields/money.ts'
import { wholeNumber } from '../../../src/fields/numbers.ts'
import { text } from '../../../src/fields/text.ts'

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
    row(
      money('expectedPrice', {
        ...third,
        description: 'The market price of a comparable car at our car’s mileage.',
      }),
      wholeNumber('supply', {
        ...third,
        min: 0,
        label: 'Cars for sale',
        description: 'Comparable cars, including those with outlying prices.',
      }),
      text('tier', 50, { ...third, description: 'How closely the compared cars match ours.' }),
    ),
  ],
  custom: {
    whenEmpty: 'A car’s price appears here each time the car is analyzed.',
    table: {
      indexes: [{ name: 'market_price_history_car_recorded_idx', on: 'inventory_id, recorded_at' }],
    },
  },
}
