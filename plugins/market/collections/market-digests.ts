import type { CollectionConfig } from 'payload'
import { permissions } from '../../../src/access/permissions.ts'
import { rules } from '../../../src/access/rules.ts'
import { isTimeZone } from '../../../src/domain/calendar.ts'
import { belongsTo } from '../../../src/fields/belongs-to.ts'
import { instant } from '../../../src/fields/instant.ts'
import { half, row } from '../../../src/fields/layout.ts'
import { wholeNumber } from '../../../src/fields/numbers.ts'
import { checkbox, text } from '../../../src/fields/text.ts'

const serverManaged = {
  readOnly: true,
  access: { create: permissions.nobody, update: permissions.nobody },
}

/**
 * When one manager gets the daily digest of the market. A manager without a row gets it at the hour
 * of MARKET_DIGEST_HOUR; the first check for one, or the manager's first change, creates the row.
 */
export const MarketDigests: CollectionConfig = {
  slug: 'market-digests',
  dbName: 'market_digests',
  labels: { singular: 'Daily digest', plural: 'Daily digests' },
  admin: {
    group: 'Market',
    useAsTitle: 'name',
    defaultColumns: ['user', 'active', 'sendHour', 'timeZone', 'mutedUntilAt', 'lastSentAt'],
    description: 'When each manager gets the daily e-mail about the market.',
  },
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  access: {
    create: permissions.nobody,
    read: rules.rowsOfSelfOrAdmin,
    update: rules.rowsOfSelfOrAdmin,
    delete: permissions.isStaffAdmin,
  },
  fields: [
    {
      type: 'text',
      name: 'name',
      virtual: 'user.email',
      admin: { hidden: true, disableListColumn: true },
    },
    belongsTo('user', 'users', {
      ...serverManaged,
      required: true,
      unique: true,
      column: { onDelete: 'cascade' },
    }),
    row(
      wholeNumber('sendHour', {
        required: true,
        defaultValue: 7,
        min: 0,
        max: 23,
        label: 'Hour',
        description: 'The hour of the day at which the digest is sent, 0 to 23.',
        ...half,
      }),
      text('timeZone', 64, {
        label: 'Time zone',
        description: 'Such as America/New_York. If empty, the time zone of the schedules.',
        validate: (value: unknown) =>
          value === null ||
          value === undefined ||
          value === '' ||
          isTimeZone(value) ||
          'must be an IANA time zone such as America/New_York',
        ...half,
      }),
    ),
    checkbox('active', {
      defaultValue: true,
      description: 'If off, no digest is sent.',
      admin: { position: 'sidebar' },
    }),
    instant('mutedUntilAt', {
      label: 'Muted until',
      description: 'No digest is sent until then.',
      admin: { position: 'sidebar' },
    }),
    instant('checkedAt', {
      ...serverManaged,
      label: 'Last checked',
      description: 'Until when changes are reported. There is no e-mail if nothing has changed.',
      admin: { position: 'sidebar' },
    }),
    instant('lastSentAt', {
      ...serverManaged,
      label: 'Last sent',
      admin: { position: 'sidebar' },
    }),
  ],
  custom: { whenEmpty: 'A row appears here when the first digest is sent.' },
}
