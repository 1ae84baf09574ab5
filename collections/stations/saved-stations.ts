import type { CollectionConfig } from 'payload'
import { uniqueAmong } from '../../hooks/constraints/unique-among.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { half, row } from '../../src/fields/layout.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { text } from '../../src/fields/text.ts'

/**
 * A station that an owner saved, under a nickname of their own. An owner saves a station once. Our
 * own table: the documents have none.
 */
export const SavedStations: CollectionConfig = {
  slug: 'saved-stations',
  dbName: 'saved_stations',
  labels: { singular: 'Saved station', plural: 'Saved stations' },
  admin: {
    group: 'Stations',
    useAsTitle: 'nickname',
    defaultColumns: ['nickname', 'stationName', 'userId', 'createdAt'],
    listSearchableFields: ['nickname', 'userId'],
    description: 'Stations that owners saved, with their nicknames.',
  },
  defaultSort: 'nickname',
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.ownRows,
    update: rules.ownRows,
    delete: rules.ownRows,
  },
  hooks: {
    beforeValidate: [stampOwner],
    beforeChange: [
      uniqueAmong({
        table: 'saved_stations',
        path: 'station',
        on: { station: 'station_id', userId: 'user_id' },
        describeDuplicate: (duplicate) =>
          `is already saved by this owner, /api/saved-stations/${String(duplicate['id'])}`,
      }),
    ],
  },
  fields: [
    {
      name: 'stationName',
      type: 'text',
      label: 'Station',
      virtual: 'station.name',
      admin: { hidden: true },
    },
    ownerId(),
    row(
      belongsTo('station', 'stations', { required: true, index: true, ...half }),
      text('nickname', 100, { ...half, description: 'The owner’s own name for the station.' }),
    ),
  ],
  custom: {
    whenEmpty: 'A row appears here when an owner saves a station through the API.',
    table: {
      indexes: [{ name: 'saved_stations_owner_idx', on: 'user_id, station_id', unique: true }],
    },
  },
}
