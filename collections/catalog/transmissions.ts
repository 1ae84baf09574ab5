import type { CollectionConfig } from 'payload'
import { uniqueAmong } from '../../hooks/answers/unique-among.ts'
import { permissions } from '../../src/access/permissions.ts'
import { half, row } from '../../src/fields/layout.ts'
import { serialId } from '../../src/fields/numbers.ts'
import { text } from '../../src/fields/text.ts'

/**
 * One kind of transmission, for the lists that people choose from. No two differ in upper and lower
 * case alone.
 */
export const Transmissions: CollectionConfig = {
  slug: 'transmissions',
  dbName: 'transmissions',
  labels: { singular: 'Transmission', plural: 'Transmissions' },
  admin: {
    group: 'Catalogue',
    useAsTitle: 'type',
    defaultColumns: ['type', 'speeds', 'driveType'],
    listSearchableFields: ['type', 'speeds', 'driveType'],
    description:
      'The transmissions that a vehicle can have. Deleting one leaves its vehicle options ' +
      'without a transmission.',
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
          `is the type of transmission ${String(duplicate['id'])} already, ` +
          `"${String(duplicate['type'])}". Change that one instead`,
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
