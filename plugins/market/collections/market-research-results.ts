import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row, third } from '../../../src/fields/layout.ts'
import { json } from '../../../src/fields/lists.ts'
import { money } from '../../../src/fields/money.ts'
import { wholeNumber } from '../../../src/fields/numbers.ts'
import { text } from '../../../src/fields/text.ts'

/** The latest market analysis of one of our cars: one row per car. Deleted with its car. */
export const MarketResearchResults: CollectionConfig = {
  slug: 'market-research-results',
  dbName: 'market_research_results',
  labels: { singular: 'Market analysis', plural: 'Market analyses' },
  admin: {
    group: 'Market',
    useAsTitle: 'car',
    defaultColumns: [
      'inventory',
      'priceRecommendation',
      'medianPrice',
      'minPrice',
      'maxPrice',
      'sampleSize',
      'lastAnalyzedAt',
    ],
    listSearchableFields: ['priceRecommendation', 'dataSource'],
    description: 'Market prices of cars comparable to ours.',
  },
  defaultSort: '-lastAnalyzedAt',
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
    belongsTo('inventory', 'inventory', {
      unique: true,
      label: 'Car',
      column: { onDelete: 'cascade' },
    }),
    row(
      text('priceRecommendation', 50, { ...half, label: 'Recommendation' }),
      instant('lastAnalyzedAt', { ...half, label: 'Analyzed' }),
    ),
    row(
      money('medianPrice', {
        ...third,
        description: 'Half of the comparable cars cost less.',
      }),
      money('minPrice', { ...third, label: 'Lowest price' }),
      money('maxPrice', { ...third, label: 'Highest price' }),
    ),
    row(
      wholeNumber('sampleSize', { ...half, min: 0, label: 'Cars compared' }),
      text('dataSource', 100, { ...half, label: 'Source' }),
    ),
    json('comparableVehicles', {
      max: 1_000_000,
      label: 'Comparable cars',
      admin: { components: { Field: '/src/admin/json/comparables-table.tsx#ComparablesTable' } },
    }),
    json('searchParameters', {
      label: 'Search criteria',
      admin: { components: { Field: '/src/admin/json/json-view.tsx#JsonView' } },
    }),
  ],
  custom: {
    whenEmpty: 'An analysis appears here after a car on the lot is compared with the market.',
  },
}
