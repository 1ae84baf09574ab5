import type { CollectionConfig } from 'payload'
import { convertUnits } from '../../hooks/garage/convert-units.ts'
import { computeSchedule, resolveMaintenanceWords } from '../../hooks/garage/maintenance.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { choice } from '../../src/fields/choice.ts'
import { half, row } from '../../src/fields/layout.ts'
import { textArray } from '../../src/fields/lists.ts'
import { onePerLine } from '../../src/fields/lot-screens.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { distanceUnit } from '../../src/fields/odometer-entry.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { textarea, text, checkbox } from '../../src/fields/text.ts'
import { ANCHORS } from '../../src/garage/domain/next-due.ts'

const byServer = { create: permissions.nobody, update: permissions.nobody }
const miles = { min: 0, max: 10_000_000, ...half }

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
    defaultColumns: ['category', 'vehicle', 'nextDueDate', 'nextDueMileage', 'emailNotifications'],
    listSearchableFields: ['category', 'notes'],
    description: 'Maintenance that is due for each vehicle, and when.',
  },
  defaultSort: 'nextDueDate',
  lockDocuments: false,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.ownRowsOfVehicle,
    update: rules.ownRowsOfVehicle,
    delete: rules.ownRowsOfVehicle,
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
    beforeValidate: [stampOwner],
    beforeChange: [resolveMaintenanceWords, computeSchedule],
  },
  fields: [
    ownerId(),
    ownVehicle(),
    text('category', 50, {
      required: true,
      description: 'A category of the maintenance subtypes, such as Routine maintenance.',
    }),
    textArray('subtypes', {
      max: 50,
      length: 100,
      label: 'What is due',
      description: 'One per line. If empty, any maintenance of the category satisfies it.',
      admin: onePerLine('Oil change', 'Brake fluid'),
    }),
    row(
      wholeNumber('intervalMonths', {
        min: 1,
        max: 600,
        ...half,
        description: 'Due again after this many months.',
      }),
      wholeNumber('intervalMiles', {
        ...miles,
        min: 1,
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
        description: 'Moves to the latest maintenance log that satisfies this schedule.',
        ...half,
      }),
      wholeNumber('lastServiceMileage', miles),
    ),
    row(
      calendarDay('nextDueDate', {
        index: true,
        description: 'Computed from the last service and the interval, if there are both.',
        ...half,
      }),
      wholeNumber('nextDueMileage', miles),
    ),
    row(
      wholeNumber('dueSoonDays', {
        min: 0,
        max: 3_650,
        description: 'Due soon this many days before. If empty, as the vehicle says.',
        ...half,
      }),
      wholeNumber('dueSoonMiles', {
        ...miles,
        description: 'Due soon this many miles before. If empty, as the vehicle says.',
      }),
    ),
    checkbox('emailNotifications', { defaultValue: false, label: 'E-mail the owner' }),
    textarea('notes'),
    distanceUnit(),
    calendarDay('enteredServiceDate', { hidden: true, access: byServer }),
    wholeNumber('enteredServiceMileage', { min: 0, hidden: true, access: byServer }),
    calendarDay('enteredDueDate', { hidden: true, access: byServer }),
    wholeNumber('enteredDueMileage', { min: 0, hidden: true, access: byServer }),
  ],
  custom: {
    notYet: {
      words: 'Owners do not get e-mails about due maintenance yet.',
      switches: ['emailNotifications'],
    },
  },
}
