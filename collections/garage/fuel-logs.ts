import type { CollectionConfig } from 'payload'
import { totalFromUnits, warnAboutOrder } from '../../hooks/garage/logs.ts'
import { followOdometer, forgetOdometer } from '../../hooks/garage/odometer.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { decimal, money } from '../../src/fields/numbers.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { longText, text } from '../../src/fields/text.ts'

/** One purchase of fuel. Gone with its vehicle. Economy is never stored: it is derived from the neighbours by odometer. */
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
    beforeChange: [totalFromUnits],
    afterChange: [followOdometer, warnAboutOrder],
    afterDelete: [forgetOdometer],
  },
  fields: [
    ownerId(),
    ownVehicle(),
    row(
      instant('dateTime', { required: true, index: true, label: 'When', ...third }),
      decimal('odometer', { least: 0, most: 10_000_000, ...third, describe: 'Miles on the odometer at the pump.' }),
      decimal('tripDistance', {
        least: 0,
        most: 10_000_000,
        ...third,
        describe: 'Miles since the last purchase, where the car says so.',
      }),
    ),
    row(
      decimal('fuelUnits', { precision: 10, scale: 3, least: 0.001, required: true, ...third, describe: 'Gallons.' }),
      decimal('costPerUnit', { precision: 10, scale: 3, least: 0, required: true, ...third, describe: 'Price of one gallon.' }),
      money('totalCost', { ...third, describe: 'Units × price when left empty. Less is kept as a discount.' }),
    ),
    row(
      text('fuelType', 50, { ...half, describe: 'Gasoline, Diesel, Electric, …' }),
      text('fuelGrade', 50, { ...half, describe: '87, 89, 93, …' }),
    ),
    text('locationData', 500, { label: 'Where' }),
    longText('notes'),
  ],
}
