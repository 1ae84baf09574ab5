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
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { row, third } from '../../src/fields/layout.ts'
import { textArray } from '../../src/fields/lists.ts'
import { onePerLine } from '../../src/fields/lot-screens.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { money } from '../../src/fields/money.ts'
import { confirmOdometer, distanceUnit } from '../../src/fields/odometer-entry.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { textarea, text } from '../../src/fields/text.ts'

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
    defaultColumns: ['category', 'serviceDate', 'vehicle', 'odometer', 'cost', 'shopName'],
    listSearchableFields: ['category', 'shopName', 'notes'],
    description: 'What was done, when, where, and for how much.',
  },
  defaultSort: '-serviceDate',
  lockDocuments: false,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.ownRowsOfVehicle,
    update: rules.ownRowsOfVehicle,
    delete: rules.ownRowsOfVehicle,
  },
  hooks: {
    beforeOperation: [convertUnits({ odometer: 'whole distance' })],
    beforeValidate: [stampOwner],
    beforeChange: [checkLogOdometer, resolveMaintenanceWords],
    afterChange: [updateOdometer, moveVehicleSchedules],
    afterDelete: [updateOdometerAfterDelete, moveVehicleSchedulesBack],
  },
  fields: [
    ownerId(),
    ownVehicle(),
    text('category', 50, {
      required: true,
      description: 'A category of the maintenance subtypes, such as Repair.',
    }),
    textArray('subtypes', {
      max: 50,
      length: 100,
      label: 'What was done',
      description: 'One per line.',
      admin: onePerLine('Oil change', 'Tire rotation'),
    }),
    row(
      calendarDay('serviceDate', { required: true, index: true, ...third }),
      wholeNumber('odometer', {
        min: 0,
        max: 10_000_000,
        ...third,
        description: 'Odometer reading, in miles.',
      }),
      money('cost', { ...third, inOwnerCurrency: true }),
    ),
    confirmOdometer(),
    text('shopName', 200, { label: 'Shop' }),
    textarea('notes'),
    distanceUnit(),
  ],
}
