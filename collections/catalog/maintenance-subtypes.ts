import type { CollectionConfig } from 'payload'
import { uniqueAmong } from '../../hooks/constraints/unique-among.ts'
import { permissions } from '../../src/access/permissions.ts'
import { half, row } from '../../src/fields/layout.ts'
import { checkbox, text } from '../../src/fields/text.ts'

/**
 * One subtype of a category of maintenance, which logs and schedules are checked against. A
 * category exists while it has an active subtype. Rows keep the words of retired and deleted
 * subtypes.
 */
export const MaintenanceSubtypes: CollectionConfig = {
  slug: 'maintenance-subtypes',
  dbName: 'maintenance_subtypes',
  labels: { singular: 'Maintenance subtype', plural: 'Maintenance subtypes' },
  admin: {
    group: 'Catalog',
    useAsTitle: 'name',
    defaultColumns: ['name', 'category', 'isActive'],
    listSearchableFields: ['name', 'category'],
    description:
      'What maintenance logs and schedules can be about. Existing logs and schedules keep the ' +
      'words of a subtype that you turn off or delete.',
  },
  defaultSort: 'category',
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.isAnyAdmin,
    read: permissions.everyone,
    update: permissions.isAnyAdmin,
    delete: permissions.isAnyAdmin,
  },
  hooks: {
    beforeChange: [
      uniqueAmong({
        table: 'maintenance_subtypes',
        path: 'name',
        on: { category: 'category', name: 'name' },
        ignoreCase: true,
        describeDuplicate: (duplicate) =>
          `is already a subtype of ${String(duplicate['category'])} ` +
          `(${String(duplicate['id'])}). Edit that one instead`,
      }),
    ],
  },
  fields: [
    row(
      text('category', 50, {
        required: true,
        description: 'Routine maintenance, Repair, … A new name adds a category.',
        ...half,
      }),
      text('name', 100, { required: true, description: 'Oil change, Brake fluid, …', ...half }),
    ),
    checkbox('isActive', {
      defaultValue: true,
      label: 'In use',
      description: 'Turn this off so that new logs and schedules cannot use it.',
    }),
  ],
  custom: {
    table: {
      indexes: [
        {
          name: 'maintenance_subtypes_name_lower_idx',
          on: 'LOWER(category), LOWER(name)',
          unique: true,
        },
      ],
    },
  },
}
