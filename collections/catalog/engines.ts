import type { CollectionConfig } from 'payload'
import { uniqueAmong } from '../../hooks/answers/unique-among.ts'
import { permissions } from '../../src/access/permissions.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { json } from '../../src/fields/lists.ts'
import { serialId } from '../../src/fields/numbers.ts'
import { text } from '../../src/fields/text.ts'

/**
 * One engine as makers name it, for the lists that people choose from. No two differ in upper and
 * lower case alone.
 */
export const Engines: CollectionConfig = {
  slug: 'engines',
  dbName: 'engines',
  labels: { singular: 'Engine', plural: 'Engines' },
  admin: {
    group: 'Catalogue',
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
      'The engines that a vehicle can have. Deleting one leaves its vehicle options without ' +
      'an engine.',
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
          `is the name of engine ${String(duplicate['id'])} already, ` +
          `"${String(duplicate['name'])}". Change that one instead`,
      }),
    ],
  },
  fields: [
    serialId(),
    text('name', 255, { required: true, description: 'As the maker writes it: 2.5L I4 DOHC 16V.' }),
    row(
      text('displacement', 50, { ...third, index: true, description: '2.5L, 350 cu in, …' }),
      text('configuration', 50, { ...third, index: true, description: 'I4, V6, H4, electric, …' }),
      text('aspiration', 100, { ...third, description: 'Natural, turbocharged, supercharged, …' }),
    ),
    row(
      text('horsepower', 100, { ...half, description: 'With its speed: 203 hp @ 6600 rpm.' }),
      text('torque', 100, { ...half, description: 'With its speed: 184 lb-ft @ 5000 rpm.' }),
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
      label: 'More about it',
      description: 'What else is known, as a JSON object.',
    }),
  ],
  custom: {
    table: { indexes: [{ name: 'engines_name_lower_idx', on: 'LOWER(name)', unique: true }] },
  },
}
