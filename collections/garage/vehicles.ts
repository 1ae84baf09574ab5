import type { CollectionConfig, TextFieldSingleValidation } from 'payload'
import { cascadeTrashToDocuments } from '../../hooks/garage/vehicle-trash.ts'
import { convertUnits } from '../../hooks/garage/convert-units.ts'
import { limitVehicles } from '../../hooks/garage/vehicle-limit.ts'
import { checkVehicleOdometer } from '../../hooks/garage/odometer.ts'
import {
  nameVehicle,
  normalizeIdentity,
  enforceUniqueVin,
  requireIdentity,
} from '../../hooks/garage/vehicle.ts'
import { checkGuest } from '../../hooks/ownership/guests.ts'
import { stampOwner } from '../../hooks/ownership/stamp-owner.ts'
import { stampDeletedAt } from '../../hooks/ownership/trash.ts'
import { fillFromVin } from '../../hooks/vin/fill-from-vin.ts'
import { normalizeVin, recheckVin, warnAboutVin } from '../../hooks/vin/check-vin.ts'
import { omitUnrequestedJoins } from '../../src/api/omit-joins.ts'
import { permissions } from '../../src/access/permissions.ts'
import { rules } from '../../src/access/rules.ts'
import { buildTrashEndpoints } from '../../src/api/trash/trash.ts'
import { calendarDay } from '../../src/fields/calendar-day.ts'
import { suggestFromCatalog } from '../../src/fields/catalog-choice.ts'
import {
  inOwnerUnits,
  vehicleFigures,
  vehicleRows,
  vehicleSharing,
} from '../../src/fields/garage-screens.ts'
import { decodeVinButton } from '../../src/fields/decode-vin.ts'
import { instant } from '../../src/fields/instant.ts'
import { half, row, tab, third } from '../../src/fields/layout.ts'
import { licensePlate } from '../../src/fields/license-plate.ts'
import { modelYear } from '../../src/fields/model-year.ts'
import { money } from '../../src/fields/money.ts'
import { wholeNumber } from '../../src/fields/numbers.ts'
import { confirmOdometer, distanceUnit } from '../../src/fields/odometer-entry.ts'
import { ownerId } from '../../src/fields/owner-id.ts'
import { text, checkbox } from '../../src/fields/text.ts'
import { selectStatusSources, vehicleStatus } from '../../src/fields/vehicle-status.ts'
import { confirmVin, vin } from '../../src/fields/vin.ts'
import { GARAGE_VIN_FIELDS } from '../../src/vin/domain/facts.ts'

const suggested = { ...third, admin: suggestFromCatalog }
const byServer = { create: permissions.nobody, update: permissions.nobody }

const isAfterPurchase: TextFieldSingleValidation = (sold, { siblingData }) => {
  const { purchaseDate: bought } = siblingData as { purchaseDate?: unknown }
  if (!sold || typeof bought !== 'string' || sold >= bought) return true
  return `must not be earlier than the purchase date, ${bought}, not ${sold}`
}

/**
 * One vehicle of an owner, identified by its VIN or its license plate. Deleting it moves it to the
 * trash with its documents and hides its logs and schedules. An admin can delete it permanently,
 * with everything that belongs to it.
 */
export const Vehicles: CollectionConfig = {
  slug: 'vehicles',
  dbName: 'vehicles',
  trash: true,
  admin: {
    group: 'Garage',
    useAsTitle: 'title',
    defaultColumns: [
      'title',
      'userId',
      'vin',
      'licensePlate',
      'odometerReading',
      'status',
      'updatedAt',
    ],
    listSearchableFields: ['title', 'vin', 'licensePlate'],
    description: 'Vehicles in the owners’ garages. This is owners’ data; every view is logged.',
  },
  defaultSort: '-createdAt',
  lockDocuments: false,
  access: {
    create: permissions.isOwnerOrAdmin,
    read: rules.readVehicles,
    update: rules.writeVehicles,
    delete: rules.trashOwnRows,
  },
  hooks: {
    beforeOperation: [
      omitUnrequestedJoins,
      selectStatusSources,
      convertUnits({
        odometerReading: 'whole distance',
        purchaseOdometer: 'whole distance',
        dueSoonMiles: 'whole distance',
      }),
    ],
    beforeValidate: [stampOwner, normalizeVin, normalizeIdentity, fillFromVin(GARAGE_VIN_FIELDS)],
    beforeChange: [
      checkGuest,
      limitVehicles,
      stampDeletedAt,
      recheckVin,
      requireIdentity,
      enforceUniqueVin,
      checkVehicleOdometer,
      nameVehicle,
      warnAboutVin,
    ],
    afterChange: [cascadeTrashToDocuments],
  },
  endpoints: buildTrashEndpoints('vehicles'),
  fields: [
    text('title', 255, { readOnly: true, hidden: true, access: byServer, label: 'Vehicle' }),
    vehicleFigures.overview,
    ownerId(),
    {
      type: 'tabs',
      tabs: [
        tab(
          'Vehicle',
          row(
            vin({
              index: true,
              ...third,
              description: '17 characters. You can leave it empty if you enter the license plate.',
            }),
            licensePlate(third),
            text('nickname', 100, { ...third, description: 'The owner’s name for it.' }),
          ),
          confirmVin(),
          decodeVinButton(GARAGE_VIN_FIELDS),
          row(modelYear(third), text('make', 100, suggested), text('model', 100, suggested)),
          row(
            text('trim', 100, suggested),
            text('engine', 100, third),
            text('transmission', 100, third),
          ),
          row(
            text('color', 50, third),
            wholeNumber('odometerReading', {
              label: 'Odometer',
              min: 0,
              defaultValue: 0,
              ...third,
              admin: inOwnerUnits.wholeDistance,
              description: 'In miles. The latest reading, from the logs or entered here.',
            }),
            checkbox('isActive', {
              defaultValue: true,
              index: true,
              label: 'In use',
              description:
                'Turn this off for a vehicle that is no longer driven. Nothing is due for it.',
            }),
          ),
          confirmOdometer(),
        ),
        tab(
          'Purchase and sale',
          vehicleStatus(),
          row(
            calendarDay('purchaseDate', { label: 'Purchase date', ...third }),
            money('purchasePrice', {
              inOwnerCurrency: true,
              ...third,
              label: 'Purchase price',
              description: 'In the owner’s currency.',
            }),
            wholeNumber('purchaseOdometer', {
              min: 0,
              max: 10_000_000,
              label: 'Odometer at purchase',
              ...third,
              admin: inOwnerUnits.wholeDistance,
              description: 'Reading when it was bought, in miles.',
            }),
          ),
          row(
            calendarDay('soldDate', {
              ...half,
              label: 'Sold on',
              validate: isAfterPurchase,
              description: 'Nothing is due for a vehicle that has been sold.',
            }),
            money('salePrice', {
              inOwnerCurrency: true,
              ...half,
              label: 'Sale price',
              description: 'In the owner’s currency.',
            }),
          ),
        ),
        tab(
          'Fuel',
          vehicleFigures.stats,
          vehicleRows('fuelLogs', {
            label: 'Add fill-up',
            collection: 'fuel-logs',
            date: 'dateTime',
            columns: ['dateTime', 'odometer', 'fuelUnits', 'totalCost'],
          }),
        ),
        tab(
          'Maintenance',
          vehicleFigures.due,
          row(
            wholeNumber('dueSoonDays', {
              min: 0,
              max: 3_650,
              label: 'Due soon, in days',
              ...half,
              description:
                'How many days ahead it counts as due soon. If empty, the server’s default.',
            }),
            wholeNumber('dueSoonMiles', {
              min: 0,
              max: 10_000_000,
              label: 'Due soon, in miles',
              ...half,
              admin: inOwnerUnits.wholeDistance,
              description:
                'How many miles ahead it counts as due soon. If empty, the server’s default.',
            }),
          ),
          vehicleRows('maintenanceLogs', {
            label: 'Add service',
            collection: 'maintenance-logs',
            date: 'serviceDate',
            columns: ['category', 'subtypes', 'serviceDate', 'odometer', 'cost'],
          }),
          vehicleRows('maintenanceSchedules', {
            label: 'Add schedule',
            collection: 'maintenance-schedules',
            columns: ['category', 'subtypes', 'nextDueDate', 'nextDueMileage'],
          }),
        ),
        tab(
          'Documents',
          vehicleRows('documents', {
            label: 'Add document',
            collection: 'documents',
            date: 'issuedDate',
            staysOpen: true,
            columns: ['title', 'documentType', 'expirationDate'],
          }),
        ),
        tab(
          'Costs',
          vehicleRows('ownershipCosts', {
            label: 'Add cost',
            collection: 'ownership-costs',
            date: 'startDate',
            columns: ['kind', 'title', 'amount', 'intervalMonths', 'startDate', 'endDate'],
          }),
        ),
        tab('Sharing', vehicleSharing),
        tab('Import and export', vehicleFigures.transfer),
      ],
    },
    distanceUnit(),
    wholeNumber('odometerEntered', { min: 0, hidden: true, access: byServer }),
    instant('odometerEnteredAt', { hidden: true, access: byServer }),
    text('imageBucket', 128, { hidden: true, access: byServer }),
    text('imageKey', 512, { hidden: true, access: byServer }),
  ],
  custom: {
    copies: { vin: null, imageBucket: null, imageKey: null },
    table: {
      indexes: [
        {
          name: 'vehicles_owner_vin_idx',
          on: 'user_id, vin',
          unique: true,
          where: 'deleted_at IS NULL',
        },
        {
          name: 'vehicles_owner_newest_idx',
          on: 'user_id, created_at DESC',
          where: 'deleted_at IS NULL',
        },
      ],
      checks: [
        { name: 'vehicles_identity_check', holds: 'vin IS NOT NULL OR license_plate IS NOT NULL' },
      ],
    },
  },
}
