import {
  type CollectionBeforeChangeHook,
  type CollectionBeforeValidateHook,
  ValidationError,
} from 'payload'
import { normalizePlate } from '../../src/domain/license-plate.ts'
import { type NamedVehicle, formatVehicleTitle } from '../../src/domain/vehicle-title.ts'
import { uniqueAmong } from '../constraints/unique-among.ts'

/** Normalizes plates; an empty VIN or plate becomes null. */
export const normalizeIdentity: CollectionBeforeValidateHook = ({ data }) => {
  if (typeof data?.['licensePlate'] === 'string')
    data['licensePlate'] = normalizePlate(data['licensePlate'])
  for (const field of ['vin', 'licensePlate']) if (data?.[field] === '') data[field] = null
  return data
}

/** A vehicle needs a VIN, a license plate, or both. */
export const requireIdentity: CollectionBeforeChangeHook = ({ data, req }) => {
  if (data['vin'] || data['licensePlate']) return data
  const message = 'is required when there is no license plate. Enter one of the two'
  throw new ValidationError({ collection: 'vehicles', errors: [{ path: 'vin', message }] }, req.t)
}

/** The name of the vehicle on every screen: its nickname, else its description. */
export const nameVehicle: CollectionBeforeChangeHook = ({ data }) => ({
  ...data,
  title: formatVehicleTitle(data as NamedVehicle),
})

/**
 * A VIN is unique among one owner's vehicles that are not in the trash. Other owners' vehicles are
 * not checked, so that nothing is revealed about them.
 */
export const enforceUniqueVin = uniqueAmong({
  table: 'vehicles',
  path: 'vin',
  on: { userId: 'user_id', vin: 'vin' },
  among: { where: 'deleted_at is null', includes: (vehicle) => !vehicle['deletedAt'] },
  describeDuplicate: (duplicate) =>
    `VIN ${String(duplicate['vin'])} is already on ${String(duplicate['title'])} ` +
    `(${String(duplicate['id'])}). Move that vehicle to the trash first`,
})
