import type { CollectionConfig, FieldAccess } from 'payload'
import { uniqueAmong } from '../../hooks/constraints/unique-among.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { stampReport } from '../../hooks/stations/reports.ts'
import {
  limitReports,
  updateVerdict,
  updateVerdictAfterDelete,
} from '../../hooks/stations/verdict.ts'
import { getIdentity } from '../../src/access/identity.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row } from '../../src/fields/layout.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { text, checkbox } from '../../src/fields/text.ts'

/**
 * Only the reporting owner and admins see who reported and why a report was removed; only admins
 * can filter by these fields.
 */
const isReporterOrAdmin: FieldAccess = ({ doc, req }) => {
  const identity = getIdentity(req)
  return (
    permissions.isAnyAdmin({ req }) ||
    (identity.kind === 'owner' && identity.subject === doc?.['userId'])
  )
}

/**
 * One owner's report about a station. Everyone can read active reports, without the author. An
 * owner has one active report per station, can remove it with a reason, and can then create
 * another; removed reports are kept.
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
    description: 'Owners’ reports about gas stations. The public does not see removed reports.',
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
      limitReports,
      stampReport,
      uniqueAmong({
        table: 'community_stations',
        path: 'station',
        on: { station: 'station_id', userId: 'user_id' },
        among: { where: 'removed_at is null', includes: (report) => !report['removedAt'] },
        describeDuplicate: (duplicate) =>
          'has another active report by this owner, ' +
          `/api/community-stations/${String(duplicate['id'])}. Remove that one first`,
      }),
    ],
    afterChange: [updateVerdict],
    afterDelete: [updateVerdictAfterDelete],
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
        'Set any date to remove the report; the server records the actual time. Clear it ' +
        'to restore the report.',
      admin: { position: 'sidebar' },
    }),
    text('removalReason', 100, {
      access: {
        create: permissions.nobody,
        read: isReporterOrAdmin,
        update: permissions.isOwnerOrAdmin,
      },
      description: 'Cleared when the report is restored.',
      admin: { position: 'sidebar' },
    }),
  ],
  custom: {
    whenEmpty: 'A report appears here when an owner submits one through the API.',
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
