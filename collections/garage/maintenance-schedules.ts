import type { CollectionConfig } from 'payload'
import { convertUnits } from '../../hooks/garage/convert-units.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { half, row } from '../../src/fields/layout.ts'
import { textArray } from '../../src/fields/lists.ts'
import { onePerLine } from '../../src/fields/lot-screens.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { distanceUnit } from '../../src/fields/odometer-entry.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { textarea, text, checkbox } from '../../src/fields/text.ts'

const miles = { min: 0, max: 10_000_000, ...half }

/**
 * Recurring maintenance, due after a number of months or miles, whichever comes first. Deleted with
 * its vehicle.
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
      }),
    ],
    beforeValidate: [stampOwner],
  },
  fields: [
    ownerId(),
    ownVehicle(),
    text('category', 50, { required: true, description: 'Routine maintenance, Inspection, …' }),
    textArray('subtypes', {
      max: 50,
      length: 100,
      label: 'What is due',
      description: 'One per line.',
      admin: onePerLine('Engine oil', 'Brake fluid'),
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
    row(calendarDay('lastServiceDate', half), wholeNumber('lastServiceMileage', miles)),
    row(calendarDay('nextDueDate', { index: true, ...half }), wholeNumber('nextDueMileage', miles)),
    checkbox('emailNotifications', { defaultValue: false, label: 'E-mail the owner' }),
    textarea('notes'),
    distanceUnit(),
  ],
  custom: {
    notYet: {
      words:
        'The next due date and mileage are not calculated yet, so enter them. Owners do ' +
        'not get e-mails about them.',
      switches: ['emailNotifications'],
    },
  },
}
