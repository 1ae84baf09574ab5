import type { CollectionConfig, FieldAccess } from 'payload'
import { uniqueAmong } from '../../hooks/answers/unique-among.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { stampReport } from '../../hooks/stations/reports.ts'
import { getIdentity } from '../../src/access/identity.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row } from '../../src/fields/layout.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { text, checkbox } from '../../src/fields/text.ts'

/**
 * Who reported, and why a report was taken back, is for that owner and for admins alone; as a
 * filter it is for admins.
 */
const isReporterOrAdmin: FieldAccess = ({ doc, req }) => {
  const identity = getIdentity(req)
  return (
    permissions.isAnyAdmin({ req }) ||
    (identity.kind === 'owner' && identity.subject === doc?.['userId'])
  )
}

/**
 * What one owner found at a station. Everybody reads the reports that stand, without who made them.
 * An owner has one that stands for a station, may remove it with a reason, and then make another; a
 * removed one stays as it is.
 */
export const CommunityStations: CollectionConfig = {
  slug: 'community-stations',
  dbName: 'community_stations',
  labels: { singular: 'Report', plural: 'Reports' },
  admin: {
    group: 'Stations',
    useAsTitle: 'stationName',
    defaultColumns: [
      'stationName',
      'has93Octane',
      'userId',
      'reportedAt',
      'removedAt',
      'removalReason',
    ],
    listSearchableFields: ['userId', 'removalReason'],
    description: 'What owners found at gas stations. A removed report is not shown to the public.',
  },
  defaultSort: '-reportedAt',
  forceSelect: { userId: true },
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.isOwner,
    read: rules.activeReports,
    update: rules.ownRows,
    delete: permissions.isAnyAdmin,
  },
  hooks: {
    beforeValidate: [stampOwner],
    beforeChange: [
      stampReport,
      uniqueAmong({
        table: 'community_stations',
        path: 'station',
        on: { station: 'station_id', userId: 'user_id' },
        among: { where: 'removed_at is null', includes: (report) => !report['removedAt'] },
        describeDuplicate: (duplicate) =>
          'has a report of this owner that stands, ' +
          `/api/community-stations/${String(duplicate['id'])}. Remove that one first`,
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
    row(
      belongsTo('station', 'stations', {
        required: true,
        index: true,
        access: { update: permissions.isAnyAdmin },
        ...half,
      }),
      ownerId({
        access: { create: permissions.nobody, read: isReporterOrAdmin },
        readOnly: true,
        ...half,
      }),
    ),
    checkbox('has93Octane', {
      label: 'Sells 93 octane',
      column: { name: 'has_93_octane' },
      access: { update: permissions.isAnyAdmin },
    }),
    instant('reportedAt', {
      index: true,
      readOnly: true,
      access: { create: permissions.nobody, update: permissions.nobody },
      admin: { position: 'sidebar' },
    }),
    instant('removedAt', {
      access: { create: permissions.nobody, update: permissions.isOwnerOrAdmin },
      description:
        'Say any moment to remove the report: the server notes its own. Empty it to bring the ' +
        'report back.',
      admin: { position: 'sidebar' },
    }),
    text('removalReason', 100, {
      access: {
        create: permissions.nobody,
        read: isReporterOrAdmin,
        update: permissions.isOwnerOrAdmin,
      },
      description: 'Kept for as long as the report is removed.',
      admin: { position: 'sidebar' },
    }),
  ],
  custom: {
    whenEmpty: 'A report appears here when an owner makes one, over the API.',
    table: {
      indexes: [
        {
          name: 'community_stations_standing_idx',
          on: 'station_id, user_id',
          unique: true,
          where: 'removed_at IS NULL',
        },
      ],
    },
  },
}
