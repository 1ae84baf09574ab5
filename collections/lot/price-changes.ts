import type { CollectionConfig } from 'payload'
import { permissions } from '../../src/access/permissions.ts'
import { PRICE_CHANGE_REASONS } from '../../src/domain/price-change.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { choice } from '../../src/fields/choice.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { money } from '../../src/fields/money.ts'
import { text } from '../../src/fields/text.ts'

/**
 * One change of the price of a car on the lot: who changed it, when, and why. Written by a hook of
 * the car, never changed, and deleted with its car.
 */
export const PriceChanges: CollectionConfig = {
  slug: 'price-changes',
  dbName: 'price_changes',
  labels: { singular: 'Price change', plural: 'Price changes' },
  admin: {
    group: 'Lot',
    useAsTitle: 'car',
    defaultColumns: ['inventory', 'fromPrice', 'toPrice', 'reason', 'changedBy', 'changedAt'],
    listSearchableFields: ['note'],
    description: 'Every change of the price of a car on the lot.',
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
    {
      type: 'text',
      name: 'car',
      virtual: 'inventory.title',
      admin: { hidden: true, disableListColumn: true },
    },
    belongsTo('inventory', 'inventory', {
      required: true,
      label: 'Car',
      column: { onDelete: 'cascade' },
    }),
    row(
      money('fromPrice', { required: true, label: 'From', ...third }),
      money('toPrice', { required: true, label: 'To', ...third }),
      choice('reason', 20, PRICE_CHANGE_REASONS, { required: true, ...third }),
    ),
    row(
      belongsTo('changedBy', 'users', {
        label: 'Changed by',
        description: 'Empty if a job or an import changed it.',
        column: { name: 'changed_by', onDelete: 'set null' },
        ...half,
      }),
      instant('changedAt', { label: 'Changed', column: { defaultNow: true }, ...half }),
    ),
    text('note', 500),
    belongsTo('batch', 'price-batches', {
      label: 'Bulk change',
      description: 'The change of several prices that this one is part of.',
      column: { onDelete: 'set null' },
    }),
  ],
  custom: {
    whenEmpty: 'A row appears here each time the price of a car changes.',
    table: {
      indexes: [
        { name: 'price_changes_car_changed_idx', on: 'inventory_id, changed_at' },
        { name: 'price_changes_batch_idx', on: 'batch_id', where: 'batch_id IS NOT NULL' },
      ],
    },
  },
}
