import type { CollectionConfig } from 'payload'
import { uniqueAmong } from '../../hooks/constraints/unique-among.ts'
import { keepVerdict } from '../../hooks/stations/verdict.ts'
import { permissions } from '../../src/access/permissions.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { decimal } from '../../src/fields/numbers.ts'
import { textarea, text, checkbox } from '../../src/fields/text.ts'
import { webAddress } from '../../src/fields/web-address.ts'

/**
 * One gas station. It cannot be deleted while owners' reports refer to it. Those from Google Places
 * are copies: a nightly task refreshes or removes them (`refresh-stations`).
 */
export const Stations: CollectionConfig = {
  slug: 'stations',
  dbName: 'stations',
  labels: { singular: 'Station', plural: 'Stations' },
  admin: {
    group: 'Stations',
    useAsTitle: 'name',
    defaultColumns: ['name', 'address', 'has93Octane', 'phone', 'updatedAt'],
    listSearchableFields: ['name', 'address', 'googlePlaceId'],
    description: 'Gas stations that owners see on the map.',
  },
  defaultSort: 'name',
  lockDocuments: false,
  access: {
    create: permissions.isAnyAdmin,
    read: permissions.everyone,
    update: permissions.isAnyAdmin,
    delete: permissions.isAnyAdmin,
  },
  hooks: {
    beforeChange: [
      uniqueAmong({
        table: 'stations',
        path: 'googlePlaceId',
        on: { googlePlaceId: 'google_place_id' },
        describeDuplicate: (duplicate) =>
          `is already used by ${String(duplicate['name'])}, ` +
          `/api/stations/${String(duplicate['id'])}`,
      }),
      keepVerdict,
    ],
  },
  fields: [
    text('name', 200, { required: true }),
    textarea('address'),
    row(
      decimal('latitude', {
        precision: 10,
        scale: 8,
        min: -90,
        max: 90,
        ...half,
        description: 'Degrees north, −90 to 90.',
      }),
      decimal('longitude', {
        precision: 11,
        scale: 8,
        min: -180,
        max: 180,
        ...half,
        description: 'Degrees east, −180 to 180.',
      }),
    ),
    row(text('phone', 20, half), webAddress('website', { length: 255, ...half })),
    checkbox('has93Octane', {
      label: 'Sells 93 octane',
      column: { name: 'has_93_octane' },
      description: 'Owners’ reports decide this as soon as there is one.',
    }),
    row(
      text('googlePlaceId', 255, {
        label: 'Google place',
        unique: true,
        ...third,
        description:
          'The place ID in Google Maps. Each place can have only one station. Google’s data ' +
          'about it is copied here.',
      }),
      text('photoReference', 500, {
        label: 'Google photo',
        ...third,
        description: 'The photo reference in Google Maps.',
      }),
    ),
    instant('fetchedAt', {
      label: 'Fetched from Google',
      readOnly: true,
      access: { create: permissions.nobody, update: permissions.nobody },
      admin: { position: 'sidebar' },
    }),
    checkbox('isFromPlaces', {
      label: 'Added from Google',
      readOnly: true,
      access: { create: permissions.nobody, update: permissions.nobody },
      description: 'Removed after 30 days unless someone saved, reported or used it.',
      admin: { position: 'sidebar' },
    }),
  ],
  custom: {
    copies: { googlePlaceId: null, fetchedAt: null, isFromPlaces: null },
    table: { indexes: [{ name: 'stations_position_idx', on: 'latitude, longitude' }] },
  },
}
