import type { CollectionConfig } from 'payload'
import { uniqueAmong } from '../../hooks/constraints/unique-among.ts'
import { permissions } from '../../src/access/permissions.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { serialId } from '../../src/fields/numbers.ts'
import { text } from '../../src/fields/text.ts'

/** One engine as manufacturers name it, for selection lists. Names are unique, ignoring case. */
export const Engines: CollectionConfig = {
  slug: 'engines',
  dbName: 'engines',
  labels: { singular: 'Engine', plural: 'Engines' },
  admin: {
    group: 'Catalog',
    useAsTitle: 'name',
    defaultColumns: [
      'name',
      'displacement',
      'configuration',
      'horsepower',
      'fuelType',
      'aspiration',
    ],
    listSearchableFields: ['name', 'displacement', 'configuration', 'fuelType'],
    description:
      'Engines that a vehicle can have. If you delete one, vehicle options that use it are ' +
      'left without an engine.',
  },
  defaultSort: 'name',
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
        table: 'engines',
        path: 'name',
        on: { name: 'name' },
        ignoreCase: true,
        describeDuplicate: (duplicate) =>
          `is already used by engine ${String(duplicate['id'])}, ` +
          `"${String(duplicate['name'])}". Edit that one instead`,
      }),
    ],
  },
  fields: [
    serialId(),
    text('name', 255, {
      required: true,
      description: 'As the manufacturer writes it: 2.5L I4 DOHC 16V.',
    }),
    row(
      text('displacement', 50, { ...third, index: true, description: '2.5L, 350 cu in, …' }),
      text('configuration', 50, { ...third, index: true, description: 'I4, V6, H4, electric, …' }),
      text('aspiration', 100, {
        ...third,
        description: 'Naturally aspirated, turbocharged, supercharged, …',
      }),
    ),
    row(
      text('horsepower', 100, {
        ...half,
        description: 'With the engine speed: 203 hp @ 6600 rpm.',
      }),
      text('torque', 100, { ...half, description: 'With the engine speed: 184 lb-ft @ 5000 rpm.' }),
    ),
    row(
      text('fuelType', 100, { ...half, description: 'Gasoline, diesel, electric, …' }),
      text('fuelSystem', 255, {
        ...half,
        description: 'Direct injection, multipoint injection, …',
      }),
    ),
    json('specsJson', {
      shape: 'object',
      label: 'More details',
      description: 'Any other specifications, as a JSON object.',
    }),
  ],
  custom: {
    table: { indexes: [{ name: 'engines_name_lower_idx', on: 'LOWER(name)', unique: true }] },
  },
}
