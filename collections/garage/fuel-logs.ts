import type { CollectionConfig } from 'payload'
import { computeTotal, warnAboutOdometerOrder } from '../../hooks/garage/logs.ts'
import { updateOdometer, updateOdometerAfterDelete } from '../../hooks/garage/odometer.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { decimal, money } from '../../src/fields/numbers.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { textarea, text } from '../../src/fields/text.ts'

/**
 * One purchase of fuel. Gone with its vehicle. Economy is never stored: it is derived from the
 * neighbours by odometer.
 */
export const FuelLogs: CollectionConfig = {
  slug: 'fuel-logs',
  dbName: 'fuel_logs',
  labels: { singular: 'Fuel log', plural: 'Fuel logs' },
  admin: {
    group: 'Garage',
    useAsTitle: 'dateTime',
    defaultColumns: ['dateTime', 'vehicle', 'odometer', 'fuelUnits', 'costPerUnit', 'totalCost'],
    listSearchableFields: ['locationData', 'notes'],
    description: 'Every purchase of fuel, one row each.',
  },
  defaultSort: '-dateTime',
  lockDocuments: false,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.ownRowsOfVehicle,
    update: rules.ownRowsOfVehicle,
    delete: rules.ownRowsOfVehicle,
  },
  hooks: {
    beforeValidate: [stampOwner],
    beforeChange: [computeTotal],
    afterChange: [updateOdometer, warnAboutOdometerOrder],
    afterDelete: [updateOdometerAfterDelete],
  },
  fields: [
    ownerId(),
    ownVehicle(),
    row(
      instant('dateTime', { required: true, index: true, label: 'When', ...third }),
      decimal('odometer', {
        min: 0,
        max: 10_000_000,
        ...third,
        description: 'Miles on the odometer at the pump.',
      }),
      decimal('tripDistance', {
        min: 0,
        max: 10_000_000,
        ...third,
        description: 'Miles since the last purchase, where the car says so.',
      }),
    ),
    row(
      decimal('fuelUnits', {
        precision: 10,
        scale: 3,
        min: 0.001,
        required: true,
        ...third,
        description: 'Gallons.',
      }),
      decimal('costPerUnit', {
        precision: 10,
        scale: 3,
        min: 0,
        required: true,
        ...third,
        description: 'Price of one gallon.',
      }),
      money('totalCost', {
        ...third,
        description: 'Units × price when left empty. Less is kept as a discount.',
      }),
    ),
    row(
      text('fuelType', 50, { ...half, description: 'Gasoline, Diesel, Electric, …' }),
      text('fuelGrade', 50, { ...half, description: '87, 89, 93, …' }),
    ),
    text('locationData', 500, { label: 'Where' }),
    textarea('notes'),
  ],
}
