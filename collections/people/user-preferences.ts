import type { CollectionConfig, TextFieldSingleValidation } from 'payload'
import { uniqueAmong } from '../../hooks/constraints/unique-among.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { isTimeZone } from '../../src/domain/calendar.ts'
import { US_DOLLAR, isCurrency } from '../../src/domain/money.ts'
import { choice } from '../../src/fields/choice.ts'
import { row, third } from '../../src/fields/layout.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { text } from '../../src/fields/text.ts'

const BY_SYSTEM = 'If empty, the one of the unit system.'

const validateCurrency: TextFieldSingleValidation = (value) =>
  typeof value !== 'string' ||
  isCurrency(value) ||
  'must be an ISO 4217 currency code in capitals, such as USD, EUR, or CAD, not ' +
    `${String(value) || 'empty'}`

const validateTimeZone: TextFieldSingleValidation = (value) =>
  typeof value !== 'string' ||
  isTimeZone(value) ||
  'must be an IANA time zone name, such as America/New_York or UTC, not ' +
    `${String(value).slice(0, 60) || 'empty'}`

/**
 * Display preferences of one owner. One row per owner; without it, the defaults apply. Stored
 * amounts and distances are not affected.
 */
export const UserPreferences: CollectionConfig = {
  slug: 'user-preferences',
  dbName: 'user_preferences',
  labels: { singular: 'Preferences', plural: 'Preferences' },
  admin: {
    group: 'People',
    useAsTitle: 'userId',
    defaultColumns: ['userId', 'unitSystem', 'currencyCode', 'timeZone', 'updatedAt'],
    listSearchableFields: ['userId', 'timeZone'],
    description: 'Units, currency, and time zone of each owner.',
  },
  defaultSort: '-updatedAt',
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
        table: 'user_preferences',
        path: 'userId',
        on: { userId: 'user_id' },
        describeDuplicate: (duplicate) =>
          'has preferences already. Change them at ' +
          `/api/user-preferences/${String(duplicate['id'])}`,
      }),
    ],
  },
  fields: [
    ownerId({ unique: true }),
    row(
      choice(
        'unitSystem',
        20,
        { imperial: 'Imperial (miles, gallons)', metric: 'Metric (kilometers, liters)' },
        { defaultValue: 'imperial', label: 'Units', ...third },
      ),
      text('currencyCode', 3, {
        defaultValue: US_DOLLAR,
        label: 'Currency',
        validate: validateCurrency,
        description: 'USD, EUR, CAD, …',
        ...third,
      }),
      text('timeZone', 100, {
        defaultValue: 'America/New_York',
        validate: validateTimeZone,
        description: 'America/New_York, UTC, …',
        ...third,
      }),
    ),
    row(
      choice(
        'distanceUnit',
        10,
        { mi: 'Miles', km: 'Kilometers' },
        { label: 'Distance', description: BY_SYSTEM, ...third },
      ),
      choice(
        'volumeUnit',
        10,
        { gal_us: 'US gallons', gal_uk: 'UK gallons', l: 'Liters' },
        { label: 'Fuel', description: BY_SYSTEM, ...third },
      ),
      choice(
        'economyUnit',
        20,
        {
          mpg: 'Miles per US gallon',
          mpg_uk: 'Miles per UK gallon',
          l_per_100km: 'Liters per 100 km',
          km_per_l: 'Kilometers per liter',
        },
        { label: 'Fuel economy', description: 'If empty, it follows from the others.', ...third },
      ),
    ),
  ],
}
