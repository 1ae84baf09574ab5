import type { CollectionConfig, TextFieldSingleValidation } from 'payload'
import { checkGuest, checkGuestOfDeletion, stampGuest } from '../../hooks/ownership/guests.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { choice } from '../../src/fields/choice.ts'
import { rowTitle } from '../../src/fields/garage-screens.ts'
import { importFingerprint } from '../../src/fields/import-fingerprint.ts'
import { half, row } from '../../src/fields/layout.ts'
import { money } from '../../src/fields/money.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { text, textarea } from '../../src/fields/text.ts'
import { writtenBy } from '../../src/fields/written-by.ts'
import { COST_KINDS, MAX_INTERVAL_MONTHS } from '../../src/garage/domain/ownership-costs.ts'

const isNotBeforeStart: TextFieldSingleValidation = (end, { siblingData }) => {
  const { startDate: start } = siblingData as { startDate?: unknown }
  if (!end || typeof start !== 'string' || end >= start) return true
  return `must not be earlier than the first day, ${start}, not ${end}`
}

/**
 * What it costs to own a vehicle, again and again: insurance, registration, taxes, a loan. Each
 * amount is for one interval, and is spread over its days (src/garage/domain/ownership-costs.ts).
 * Deleted with its vehicle. Our own table: the documents have none.
 */
export const OwnershipCosts: CollectionConfig = {
  slug: 'ownership-costs',
  dbName: 'ownership_costs',
  labels: { singular: 'Ownership cost', plural: 'Ownership costs' },
  admin: {
    group: 'Garage',
    useAsTitle: 'kind',
    defaultColumns: ['rowTitle', 'title', 'amount', 'intervalMonths', 'startDate', 'endDate'],
    listSearchableFields: ['title', 'notes'],
    description: 'Recurring costs of owning each vehicle, such as its insurance.',
  },
  defaultSort: '-startDate',
  lockDocuments: false,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.readRowsOfVehicles,
    update: rules.writeRowsOfVehicles,
    delete: rules.writeRowsOfVehicles,
  },
  hooks: {
    beforeValidate: [stampOwner, stampGuest],
    beforeChange: [checkGuest],
    beforeDelete: [checkGuestOfDeletion],
  },
  fields: [
    rowTitle,
    ownerId(),
    ownVehicle(),
    row(
      choice('kind', 20, COST_KINDS, { required: true, ...half }),
      text('title', 200, { ...half, description: 'Such as the name of the insurer.' }),
    ),
    row(
      money('amount', {
        required: true,
        inOwnerCurrency: true,
        ...half,
        description: 'For each interval, in the owner’s currency.',
      }),
      wholeNumber('intervalMonths', {
        required: true,
        min: 1,
        max: MAX_INTERVAL_MONTHS,
        label: 'Interval in months',
        ...half,
        description: 'How many months the amount is for: 1, 6, 12.',
      }),
    ),
    row(
      calendarDay('startDate', {
        required: true,
        index: true,
        label: 'First day',
        ...half,
        description: 'The first day that the first amount is for.',
      }),
      calendarDay('endDate', {
        label: 'Last day',
        ...half,
        validate: isNotBeforeStart,
        description: 'If empty, it goes on. The amount of an interval that ends early is reduced.',
      }),
    ),
    textarea('notes'),
    writtenBy(),
    importFingerprint(),
  ],
  custom: {
    table: {
      checks: [{ name: 'ownership_costs_days_check', holds: 'end_date >= start_date' }],
    },
  },
}
