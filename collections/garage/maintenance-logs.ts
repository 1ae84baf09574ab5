import type { CollectionConfig } from 'payload'
import { convertUnits } from '../../hooks/garage/convert-units.ts'
import {
  checkLogOdometer,
  updateOdometer,
  updateOdometerAfterDelete,
} from '../../hooks/garage/odometer.ts'
import {
  moveVehicleSchedules,
  moveVehicleSchedulesBack,
  resolveMaintenanceWords,
} from '../../hooks/garage/maintenance.ts'
import { checkGuest, checkGuestOfDeletion, stampGuest } from '../../hooks/ownership/guests.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { importFingerprint } from '../../src/fields/import-fingerprint.ts'
import { row, third } from '../../src/fields/layout.ts'
import { attachedFiles, inOwnerUnits, listedIn, rowTitle } from '../../src/fields/garage-screens.ts'
import { textArray } from '../../src/fields/lists.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { money } from '../../src/fields/money.ts'
import { confirmOdometer, distanceUnit } from '../../src/fields/odometer-entry.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { textarea, text } from '../../src/fields/text.ts'
import { writtenBy } from '../../src/fields/written-by.ts'

/**
 * One completed maintenance job, which moves the schedules that it satisfies. Deleted with its
 * vehicle.
 */
export const MaintenanceLogs: CollectionConfig = {
  slug: 'maintenance-logs',
  dbName: 'maintenance_logs',
  labels: { singular: 'Maintenance log', plural: 'Maintenance logs' },
  admin: {
    group: 'Garage',
    useAsTitle: 'category',
    defaultColumns: ['rowTitle', 'category', 'subtypes', 'odometer', 'cost', 'serviceDate'],
    listSearchableFields: ['category', 'shopName', 'notes'],
    description: 'What was done, when, where, and for how much.',
  },
  defaultSort: '-serviceDate',
  lockDocuments: false,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.readRowsOfVehicles,
    update: rules.writeRowsOfVehicles,
    delete: rules.writeRowsOfVehicles,
  },
  hooks: {
    beforeOperation: [convertUnits({ odometer: 'whole distance' })],
    beforeValidate: [stampOwner, stampGuest],
    beforeChange: [checkGuest, checkLogOdometer, resolveMaintenanceWords],
    beforeDelete: [checkGuestOfDeletion],
    afterChange: [updateOdometer, moveVehicleSchedules],
    afterDelete: [updateOdometerAfterDelete, moveVehicleSchedulesBack],
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
      label: 'What was done',
      description: 'Any subtypes of the category. They move the schedules that they satisfy.',
      admin: listedIn.subtypes,
    }),
    row(
      calendarDay('serviceDate', {
        required: true,
        index: true,
        label: 'Service date',
        ...third,
      }),
      wholeNumber('odometer', {
        min: 0,
        max: 10_000_000,
        ...third,
        admin: inOwnerUnits.wholeDistance,
        description: 'Reading at the service, in miles.',
      }),
      money('cost', {
        ...third,
        inOwnerCurrency: true,
        description: 'In the owner’s currency. Leave it empty if you do not know it.',
      }),
    ),
    confirmOdometer(),
    text('shopName', 200, { label: 'Shop' }),
    textarea('notes'),
    attachedFiles,
    distanceUnit(),
    importFingerprint(),
    writtenBy(),
  ],
}
