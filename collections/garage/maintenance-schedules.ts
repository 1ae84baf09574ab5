import type { CollectionConfig } from 'payload'
import { convertUnits } from '../../hooks/garage/convert-units.ts'
import { computeSchedule, resolveMaintenanceWords } from '../../hooks/garage/maintenance.ts'
import { checkGuest, checkGuestOfDeletion, stampGuest } from '../../hooks/ownership/guests.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { choice } from '../../src/fields/choice.ts'
import { inOwnerUnits, listedIn, rowTitle } from '../../src/fields/garage-screens.ts'
import { importFingerprint } from '../../src/fields/import-fingerprint.ts'
import { half, row } from '../../src/fields/layout.ts'
import { textArray } from '../../src/fields/lists.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { distanceUnit } from '../../src/fields/odometer-entry.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { textarea, text, checkbox } from '../../src/fields/text.ts'
import { writtenBy } from '../../src/fields/written-by.ts'
import { ANCHORS } from '../../src/garage/domain/next-due.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }
const miles = { min: 0, max: 10_000_000, admin: inOwnerUnits.wholeDistance, ...half }

/**
 * Recurring maintenance, due after a number of months or miles, whichever comes first. The last
 * service and the next due date and mileage are computed when it is saved, and when a log satisfies
 * it; what the owner entered is kept beside them. Deleted with its vehicle.
 */
export const MaintenanceSchedules: CollectionConfig = {
  slug: 'maintenance-schedules',
  dbName: 'maintenance_schedules',
  labels: { singular: 'Maintenance schedule', plural: 'Maintenance schedules' },
  admin: {
    group: 'Garage',
    useAsTitle: 'category',
    defaultColumns: ['rowTitle', 'category', 'subtypes', 'nextDueDate', 'nextDueMileage'],
    listSearchableFields: ['category', 'notes'],
    description: 'Maintenance that is due for each vehicle, and when.',
  },
  defaultSort: 'nextDueDate',
  lockDocuments: false,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.readRowsOfVehicles,
    update: rules.writeRowsOfVehicles,
    delete: rules.writeRowsOfVehicles,
  },
  hooks: {
    beforeOperation: [
      convertUnits({
        intervalMiles: 'whole distance',
        lastServiceMileage: 'whole distance',
        nextDueMileage: 'whole distance',
        dueSoonMiles: 'whole distance',
      }),
    ],
    beforeValidate: [stampOwner, stampGuest],
    beforeChange: [checkGuest, resolveMaintenanceWords, computeSchedule],
    beforeDelete: [checkGuestOfDeletion],
  },
  fields: [
    rowTitle,
    ownerId(),
    ownVehicle(),
    text('category', 50, {
      required: true,
      admin: listedIn.categories,
      description: 'Admins add categories and subtypes under Maintenance subtypes.',
    }),
    textArray('subtypes', {
      max: 50,
      length: 100,
      label: 'What is due',
      description: 'If empty, any maintenance of the category satisfies it.',
      admin: listedIn.subtypes,
    }),
    row(
      wholeNumber('intervalMonths', {
        min: 1,
        max: 600,
        label: 'Interval in months',
        ...half,
        description: 'Due again after this many months.',
      }),
      wholeNumber('intervalMiles', {
        ...miles,
        min: 1,
        label: 'Interval in miles',
        description: 'Due again after this many miles.',
      }),
    ),
    choice('anchor', 20, ANCHORS, {
      defaultValue: 'service',
      label: 'Count from',
      description: 'Fixed dates do not move when a service is early or late.',
    }),
    row(
      calendarDay('lastServiceDate', {
        label: 'Last service',
        description: 'Moves to the latest maintenance log that satisfies this schedule.',
        ...half,
      }),
      wholeNumber('lastServiceMileage', {
        ...miles,
        label: 'Odometer at the last service',
        description: 'In miles. Moves with the date.',
      }),
    ),
    row(
      calendarDay('nextDueDate', {
        index: true,
        label: 'Next due on',
        description:
          'Computed from the last service and the interval in months. Enter it yourself only if ' +
          'one of these is missing.',
        ...half,
      }),
      wholeNumber('nextDueMileage', {
        ...miles,
        label: 'Next due at',
        description:
          'Odometer in miles. Computed from that of the last service and the interval in miles.',
      }),
    ),
    row(
      wholeNumber('dueSoonDays', {
        min: 0,
        max: 3_650,
        label: 'Due soon, in days',
        description: 'How many days ahead it counts as due soon. If empty, as for the vehicle.',
        ...half,
      }),
      wholeNumber('dueSoonMiles', {
        ...miles,
        label: 'Due soon, in miles',
        description: 'How many miles ahead it counts as due soon. If empty, as for the vehicle.',
      }),
    ),
    checkbox('emailNotifications', { defaultValue: false, label: 'E-mail the owner' }),
    textarea('notes'),
    distanceUnit(),
    calendarDay('enteredServiceDate', { hidden: true, access: byServer }),
    wholeNumber('enteredServiceMileage', { min: 0, hidden: true, access: byServer }),
    calendarDay('enteredDueDate', { hidden: true, access: byServer }),
    wholeNumber('enteredDueMileage', { min: 0, hidden: true, access: byServer }),
    importFingerprint(),
    writtenBy(),
  ],
  custom: {
    notYet: {
      words: 'Owners do not get e-mails about due maintenance yet.',
      switches: ['emailNotifications'],
    },
  },
}
