import { sql } from '@payloadcms/db-postgres'
import { type CollectionBeforeChangeHook, type CollectionBeforeValidateHook, ValidationError } from 'payload'
import { transactionOf } from '../../src/database/transaction.ts'
import { normalizePlate } from '../../src/domain/license-plate.ts'
import { type NamedVehicle, vehicleTitle } from '../../src/domain/vehicle-title.ts'
import { refuseTwin } from '../answers/refuse-twin.ts'

/** One spelling for each plate; an empty VIN or plate is none. */
export const normalizeIdentity: CollectionBeforeValidateHook = ({ data }) => {
  if (typeof data?.['licensePlate'] === 'string') data['licensePlate'] = normalizePlate(data['licensePlate'])
  for (const field of ['vin', 'licensePlate']) if (data?.[field] === '') data[field] = null
  return data
}

/** A vehicle is known by its VIN, its licence plate, or both. */
export const requireIdentity: CollectionBeforeChangeHook = ({ data, req }) => {
  if (data['vin'] || data['licensePlate']) return data
  const message = 'is required when there is no licence plate. Say one of the two'
  throw new ValidationError({ collection: 'vehicles', errors: [{ path: 'vin', message }] }, req.t)
}

/** The name of the vehicle on every screen: its nickname, else what it is. */
export const nameVehicle: CollectionBeforeChangeHook = ({ data }) => ({ ...data, title: vehicleTitle(data as NamedVehicle) })

/** One owner has a VIN once among the vehicles that are not in the trash. Other owners' vehicles are not looked at: nobody learns of them. */
export const refuseVinTwin = refuseTwin({
  table: 'vehicles',
  path: 'vin',
  on: { userId: 'user_id', vin: 'vin' },
  among: { where: 'deleted_at is null', counts: (vehicle) => !vehicle['deletedAt'] },
  words: (twin) =>
    `VIN ${String(twin['vin'])} is already on ${String(twin['title'])} (${String(twin['id'])}). Put that one into the trash first`,
})

/** A vehicle has never driven less than its logs say. */
export const keepOdometerAboveLogs: CollectionBeforeChangeHook = async ({ data, operation, originalDoc, req }) => {
  const reading = data['odometerReading'] as number | null | undefined
  if (operation === 'create' || reading === originalDoc.odometerReading || typeof reading !== 'number') return data
  const { db } = transactionOf(req)
  const found = await db.execute(sql`
    select odometer, said from (
      select odometer, 'the fuel log of ' || to_char(date_time at time zone 'UTC', 'YYYY-MM-DD') as said
        from fuel_logs where vehicle_id = ${originalDoc.id}
      union all
      select odometer, 'the maintenance of ' || service_date from maintenance_logs where vehicle_id = ${originalDoc.id}
    ) logs where odometer > ${reading} order by odometer desc limit 1`)
  const log = found.rows[0]
  if (!log) return data
  const message = `must be ${Number(log['odometer'])} or more, as ${String(log['said'])} says, not ${reading}. Correct the log first`
  throw new ValidationError({ collection: 'vehicles', errors: [{ path: 'odometerReading', message }] }, req.t)
}
