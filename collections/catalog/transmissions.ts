import type { CollectionConfig } from 'payload'
import { uniqueAmong } from '../../hooks/constraints/unique-among.ts'
import { permissions } from '../../src/access/permissions.ts'
import { half, row } from '../../src/fields/layout.ts'
import { serialId } from '../../src/fields/numbers.ts'
import { text } from '../../src/fields/text.ts'

/** One type of transmission, for selection lists. Types are unique, ignoring case. */
export const Transmissions: CollectionConfig = {
  slug: 'transmissions',
  dbName: 'transmissions',
  labels: { singular: 'Transmission', plural: 'Transmissions' },
  admin: {
    group: 'Catalog',
    useAsTitle: 'type',
    defaultColumns: ['type', 'speeds', 'driveType'],
    listSearchableFields: ['type', 'speeds', 'driveType'],
    description:
      'Transmissions that a vehicle can have. If you delete one, vehicle options ' +
      'that use it are left without a transmission.',
  },
  defaultSort: 'type',
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
        table: 'transmissions',
        path: 'type',
        on: { type: 'type' },
        ignoreCase: true,
        describeDuplicate: (duplicate) =>
          `is already used by transmission ${String(duplicate['id'])}, ` +
          `"${String(duplicate['type'])}". Edit that one instead`,
      }),
    ],
  },
  fields: [
    serialId(),
    text('type', 100, { required: true, description: 'Manual, automatic, CVT, dual clutch, …' }),
    row(
      text('speeds', 50, { ...half, description: '6-speed, continuously variable, …' }),
      text('driveType', 100, { ...half, description: 'FWD, RWD, AWD or 4WD.' }),
    ),
  ],
  custom: {
    table: { indexes: [{ name: 'transmissions_type_lower_idx', on: 'LOWER(type)', unique: true }] },
  },
}
