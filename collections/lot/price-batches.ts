import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, joinField, row, third } from '../../src/fields/layout.ts'
import { undoBatchButton } from '../../src/fields/lot-screens.ts'
import { decimal, wholeNumber } from '../../src/fields/numbers.ts'
import { checkbox, text } from '../../src/fields/text.ts'
import { PRICE_RULES } from '../../src/lot/domain/batch-price.ts'

/**
 * One change of the prices of several cars at once: who made it, how the prices were computed, and
 * whether it was undone. Its price changes refer to it.
 */
export const PriceBatches: CollectionConfig = {
  slug: 'price-batches',
  dbName: 'price_batches',
  labels: { singular: 'Bulk price change', plural: 'Bulk price changes' },
  admin: {
    group: 'Lot',
    useAsTitle: 'summary',
    defaultColumns: ['summary', 'cars', 'changedBy', 'changedAt', 'undoneAt'],
    listSearchableFields: ['summary', 'note'],
    description: 'Changes of several prices at once. Each can be undone for a day.',
  },
  defaultSort: '-changedAt',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: permissions.isStaff,
    update: permissions.nobody,
    delete: permissions.nobody,
  },
  fields: [
    text('summary', 255, { required: true, label: 'Change' }),
    undoBatchButton,
    row(
      choice('rule', 20, PRICE_RULES, { required: true, label: 'Computed', ...third }),
      decimal('value', {
        precision: 12,
        scale: 2,
        required: true,
        label: 'Amount or percent',
        ...third,
      }),
      wholeNumber('cars', { required: true, min: 1, label: 'Cars', ...third }),
    ),
    row(
      checkbox('roundTo95', {
        label: 'Rounded to …95',
        column: { name: 'round_to_95' },
        ...half,
      }),
      checkbox('allowBelowCost', { label: 'Below cost allowed', ...half }),
    ),
    row(
      belongsTo('changedBy', 'users', {
        label: 'Changed by',
        column: { name: 'changed_by', onDelete: 'set null' },
        ...half,
      }),
      instant('changedAt', {
        label: 'Changed',
        column: { defaultNow: true },
        ...half,
      }),
    ),
    row(
      belongsTo('undoneBy', 'users', {
        label: 'Undone by',
        column: { name: 'undone_by', onDelete: 'set null' },
        ...half,
      }),
      instant('undoneAt', { label: 'Undone', ...half }),
    ),
    text('note', 500),
    joinField('priceChanges', 'price-changes', 'batch', [
      'inventory',
      'fromPrice',
      'toPrice',
      'reason',
      'changedAt',
    ]),
  ],
  custom: {
    whenEmpty: 'A row appears here each time the prices of several cars are changed at once.',
    table: {
      indexes: [{ name: 'price_batches_changed_idx', on: 'changed_at DESC' }],
    },
  },
}
