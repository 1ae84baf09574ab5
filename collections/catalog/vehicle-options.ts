import type { CollectionConfig } from 'payload'
import { nameOption } from '../../hooks/catalog/name-option.ts'
import { uniqueAmong } from '../../hooks/constraints/unique-among.ts'
import { permissions } from '../../src/access/permissions.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { half, row } from '../../src/fields/layout.ts'
import { modelYear } from '../../src/fields/model-year.ts'
import { serialId } from '../../src/fields/numbers.ts'
import { text } from '../../src/fields/text.ts'

/**
 * One combination of trim, engine, and transmission that a model was sold with in one year. The
 * cascading selection lists read from this table. A complete combination is unique; one with an
 * unknown engine or transmission may occur twice, as its unique index allows, but imports add it
 * once.
 */
export const VehicleOptions: CollectionConfig = {
  slug: 'vehicle-options',
  dbName: 'vehicle_options',
  labels: { singular: 'Vehicle option', plural: 'Vehicle options' },
  admin: {
    group: 'Catalog',
    useAsTitle: 'title',
    defaultColumns: ['title', 'year', 'make', 'model', 'trim', 'engine', 'transmission'],
    listSearchableFields: ['make', 'model', 'trim'],
    description:
      'The trims, engines, and transmissions that each model was sold with. Owners ' +
      'pick their vehicle from this list.',
    pagination: { defaultLimit: 25, limits: [10, 25, 50, 100] },
  },
  defaultSort: '-year',
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
      nameOption,
      uniqueAmong({
        table: 'vehicle_options',
        path: 'trim',
        on: {
          year: 'year',
          make: 'make',
          model: 'model',
          trim: 'trim',
          engine: 'engine_id',
          transmission: 'transmission_id',
        },
        describeDuplicate: (duplicate) =>
          'is already listed with this engine and this transmission, as vehicle option ' +
          `${String(duplicate['id'])}`,
      }),
    ],
  },
  fields: [
    serialId(),
    text('title', 255, {
      label: 'Vehicle',
      readOnly: true,
      hidden: true,
      access: { create: permissions.nobody, update: permissions.nobody },
    }),
    row(modelYear({ required: true, ...half }), text('make', 100, { required: true, ...half })),
    row(
      text('model', 255, { required: true, ...half }),
      text('trim', 255, { required: true, ...half }),
    ),
    row(
      belongsTo('engine', 'engines', { ...half, index: true, column: { onDelete: 'set null' } }),
      belongsTo('transmission', 'transmissions', {
        ...half,
        index: true,
        column: { onDelete: 'set null' },
      }),
    ),
  ],
  custom: {
    table: {
      indexes: [
        { name: 'vehicle_options_year_idx', on: 'year' },
        { name: 'vehicle_options_year_make_idx', on: 'year, make' },
        { name: 'vehicle_options_year_make_model_idx', on: 'year, make, model' },
        { name: 'vehicle_options_year_make_model_trim_idx', on: 'year, make, model, trim' },
        {
          name: 'vehicle_options_all_idx',
          on: 'year, make, model, trim, engine_id, transmission_id',
          unique: true,
        },
      ],
    },
  },
}
