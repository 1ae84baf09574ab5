import type { CollectionConfig } from 'payload'
import { refuseTwin } from '../../hooks/answers/refuse-twin.ts'
import { permissions } from '../../src/access/permissions.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { decimal } from '../../src/fields/numbers.ts'
import { longText, text, yesNo } from '../../src/fields/text.ts'
import { webAddress } from '../../src/fields/web-address.ts'

/** One place that sells fuel. It can't go while owners' reports are about it. */
export const Stations: CollectionConfig = {
  slug: 'stations',
  dbName: 'stations',
  labels: { singular: 'Station', plural: 'Stations' },
  admin: {
    group: 'Stations',
    useAsTitle: 'name',
    defaultColumns: ['name', 'address', 'has93Octane', 'phone', 'updatedAt'],
    listSearchableFields: ['name', 'address', 'googlePlaceId'],
    description: 'Gas stations that owners find on the map.',
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
      refuseTwin({
        table: 'stations',
        path: 'googlePlaceId',
        on: { googlePlaceId: 'google_place_id' },
        words: (twin) => `is the place of ${String(twin['name'])} already, /api/stations/${String(twin['id'])}`,
      }),
    ],
  },
  fields: [
    text('name', 200, { required: true }),
    longText('address'),
    row(
      decimal('latitude', { precision: 10, scale: 8, least: -90, most: 90, ...half, describe: 'Degrees north, −90 to 90.' }),
      decimal('longitude', { precision: 11, scale: 8, least: -180, most: 180, ...half, describe: 'Degrees east, −180 to 180.' }),
    ),
    row(text('phone', 20, half), webAddress('website', { length: 255, ...half })),
    yesNo('has93Octane', {
      label: 'Sells 93 octane',
      column: { name: 'has_93_octane' },
      describe: 'What the operator says. What owners found is under Reports.',
    }),
    row(
      text('googlePlaceId', 255, {
        label: 'Google place',
        unique: true,
        ...third,
        describe: 'The id of the place in Google Maps. One station a place.',
      }),
      text('photoReference', 500, {
        label: 'Google photo',
        ...third,
        describe: 'The reference by which Google Maps knows its photo.',
      }),
    ),
  ],
  custom: { copies: { googlePlaceId: null } },
}
