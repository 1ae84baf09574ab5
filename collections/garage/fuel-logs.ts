import type { CollectionConfig, TextFieldSingleValidation } from 'payload'
import { convertUnits } from '../../hooks/garage/convert-units.ts'
import { checkFuel, normalizeFuel, roundElectricity } from '../../hooks/garage/fuel.ts'
import { computeTotal } from '../../hooks/garage/logs.ts'
import {
  checkLogOdometer,
  updateOdometer,
  updateOdometerAfterDelete,
} from '../../hooks/garage/odometer.ts'
import { checkGuest, checkGuestOfDeletion, stampGuest } from '../../hooks/ownership/guests.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { belongsTo } from '../../src/fields/belongs-to.ts'
import {
  asDistance,
  asFuelAmount,
  asUnitPrice,
  attachedFiles,
  listedIn,
  rowTitle,
} from '../../src/fields/garage-screens.ts'
import { importFingerprint } from '../../src/fields/import-fingerprint.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, third } from '../../src/fields/layout.ts'
import { oneOfTheReadings } from '../../src/fields/log-reading.ts'
import { decimal } from '../../src/fields/numbers.ts'
import { money } from '../../src/fields/money.ts'
import { confirmOdometer, distanceUnit, volumeUnit } from '../../src/fields/odometer-entry.ts'
import { ownVehicle } from '../../src/fields/own-vehicle.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { allowUnchanged } from '../../src/fields/allow-unchanged.ts'
import { checkbox, textarea, text } from '../../src/fields/text.ts'
import { writtenBy } from '../../src/fields/written-by.ts'
import { findFuelTypeProblem, parseFuelType } from '../../src/garage/domain/fuel-types.ts'

const isFuelType: TextFieldSingleValidation = allowUnchanged(
  (value) => !value || (findFuelTypeProblem(value) ?? true),
)

/**
 * One purchase of fuel. Deleted with its vehicle. Economy is never stored; it is computed from the
 * logs of the vehicle (src/garage/domain/fuel-economy.ts).
 */
export const FuelLogs: CollectionConfig = {
  slug: 'fuel-logs',
  dbName: 'fuel_logs',
  labels: { singular: 'Fuel log', plural: 'Fuel logs' },
  admin: {
    group: 'Garage',
    useAsTitle: 'dateTime',
    defaultColumns: ['rowTitle', 'odometer', 'fuelUnits', 'costPerUnit', 'totalCost', 'dateTime'],
    listSearchableFields: ['locationData', 'notes'],
    description: 'One entry for each fuel purchase.',
  },
  defaultSort: '-dateTime',
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
        odometer: 'distance',
        tripDistance: 'distance',
        fuelUnits: 'volume',
        costPerUnit: 'price per volume',
      }),
    ],
    beforeValidate: [stampOwner, stampGuest, normalizeFuel, roundElectricity],
    beforeChange: [checkGuest, checkLogOdometer, checkFuel, computeTotal],
    beforeDelete: [checkGuestOfDeletion],
    afterChange: [updateOdometer],
    afterDelete: [updateOdometerAfterDelete],
  },
  fields: [
    rowTitle,
    ownerId(),
    ownVehicle(),
    // not in a row: Payload finds the field of the title only here, and would show it as ISO 8601
    instant('dateTime', { required: true, index: true, label: 'Date and time' }),
    row(
      oneOfTheReadings(
        decimal('odometer', {
          min: 0,
          max: 10_000_000,
          ...half,
          admin: asDistance,
          description: 'Reading at the pump, in miles. Needed unless you enter the trip distance.',
        }),
      ),
      oneOfTheReadings(
        decimal('tripDistance', {
          min: 0,
          max: 10_000_000,
          label: 'Trip distance',
          ...half,
          admin: asDistance,
          description: 'Miles since the last purchase, if the trip meter shows them.',
        }),
      ),
    ),
    confirmOdometer(),
    row(
      decimal('fuelUnits', {
        precision: 10,
        scale: 3,
        min: 0.001,
        required: true,
        label: 'Amount',
        ...third,
        admin: asFuelAmount,
        description:
          'US gallons; kWh for electricity, kilograms for hydrogen, gasoline gallon equivalents ' +
          'for CNG.',
      }),
      decimal('costPerUnit', {
        precision: 10,
        scale: 3,
        min: 0,
        required: true,
        label: 'Price per unit',
        ...third,
        admin: asUnitPrice,
        description: 'Price per gallon, kWh or other unit, in the owner’s currency.',
      }),
      money('totalCost', {
        ...third,
        inOwnerCurrency: true,
        label: 'Total cost',
        description:
          'In the owner’s currency. If empty, amount × price. If you enter less, the difference ' +
          'is treated as a discount; more, for electricity, as fees.',
      }),
    ),
    row(
      checkbox('isFullFill', {
        defaultValue: true,
        label: 'Filled up',
        ...half,
        description: 'Turn this off for a partial fill. Its fuel counts in the next full one.',
      }),
      checkbox('missedFill', {
        defaultValue: false,
        label: 'A fill before this one is missing',
        ...half,
        description: 'No economy is computed across the missing one.',
      }),
    ),
    row(
      text('fuelType', 50, {
        label: 'Fuel type',
        ...half,
        normalize: (text) => parseFuelType(text) ?? text,
        validate: isFuelType,
        admin: listedIn.fuelTypes,
        description: 'What was bought. Economy is computed for each tank.',
      }),
      text('fuelGrade', 50, {
        label: 'Grade',
        ...half,
        admin: listedIn.fuelGrades,
        description: 'One of the grades of the fuel type.',
      }),
    ),
    row(
      belongsTo('station', 'stations', {
        index: true,
        ...half,
        description: 'Where the fuel was bought. Saved stations are listed for each owner.',
      }),
      text('locationData', 500, { label: 'Location', ...half }),
    ),
    textarea('notes'),
    attachedFiles,
    distanceUnit(),
    volumeUnit(),
    importFingerprint(),
    writtenBy(),
  ],
}
