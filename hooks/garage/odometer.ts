import { sql } from '@payloadcms/db-postgres'
import {
  type CollectionAfterChangeHook,
  type CollectionAfterDeleteHook,
  type CollectionBeforeChangeHook,
  type PayloadRequest,
  ValidationError,
} from 'payload'
import { getTransaction } from '../../src/database/transaction.ts'
import { type EarlierReading, findOdometerJump } from '../../src/domain/odometer.ts'
import { addWarnings } from '../add-warnings.ts'

type Log = {
  id: string
  odometer?: number | null
  dateTime?: string
  serviceDate?: string
  vehicle: unknown
}

/**
 * A vehicle's odometer is the highest reading in its logs, or the reading that its owner entered if
 * that is higher; it follows each log up and down. Warns about a log with an implausible jump. The
 * vehicle has been locked since the log was validated (src/fields/own-vehicle.ts).
 */
export const updateOdometer: CollectionAfterChangeHook = async ({ doc, previousDoc, req }) => {
  const log = doc as Log
  const before = previousDoc as Partial<Log> | undefined
  const moved = before?.vehicle !== undefined && getId(before.vehicle) !== getId(log.vehicle)
  const same = !moved && before?.odometer === log.odometer && getLogDate(before) === getLogDate(log)
  if (same) return doc
  if (moved) await lockAndRecomputeOdometer(req, before.vehicle)
  await recomputeOdometer(req, log.vehicle)
  await warnAboutJump(req, log)
  return doc
}

/** The same as updateOdometer, for a deleted log. */
export const updateOdometerAfterDelete: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await lockAndRecomputeOdometer(req, (doc as Log).vehicle)
  return doc
}

const getLogDate = (log: Partial<Log> | undefined) => log?.dateTime ?? log?.serviceDate

/** Computes the odometer again for a vehicle that this write has not locked yet. */
async function lockAndRecomputeOdometer(req: PayloadRequest, vehicle: unknown): Promise<void> {
  await getTransaction(req).db.execute(
    sql`select from vehicles where id = ${getId(vehicle)} for no key update`,
  )
  await recomputeOdometer(req, vehicle)
}

async function recomputeOdometer(req: PayloadRequest, vehicle: unknown): Promise<void> {
  const id = getId(vehicle)
  await getTransaction(req).db.execute(sql`
    with reading as (select coalesce(greatest(odometer_entered,
      (select ceil(max(odometer)) from fuel_logs where vehicle_id = ${id}),
      (select max(odometer) from maintenance_logs where vehicle_id = ${id})), 0)::int as miles
        from vehicles where id = ${id})
    update vehicles set odometer_reading = miles from reading where id = ${id}
      and odometer_reading is distinct from miles`)
}

/** The ID of a reference, also if it is populated. */
export const getId = (vehicle: unknown) =>
  typeof vehicle === 'object' && vehicle !== null && 'id' in vehicle ? vehicle.id : vehicle

async function warnAboutJump(
  req: PayloadRequest,
  { id, odometer, vehicle, ...log }: Log,
): Promise<void> {
  if (typeof odometer !== 'number') return
  const moment = getLogDate(log)
  const found = await getTransaction(req).db.execute(sql`
    select odometer, extract(epoch from ${moment}::timestamptz - at) / 86400 as days from (
      select id, odometer, date_time as at from fuel_logs where vehicle_id = ${getId(vehicle)}
      union all
      select id, odometer, service_date::timestamp at time zone 'UTC' from maintenance_logs
        where vehicle_id = ${getId(vehicle)}
    ) logs where id <> ${id} and odometer is not null and at <= ${moment}::timestamptz
    union all
    select odometer_entered, null from vehicles where id = ${getId(vehicle)}
      and odometer_entered is not null
    order by 1 desc limit 1`)
  const [row] = found.rows
  const days = row?.['days']
  const earlier = row
    ? { miles: Number(row['odometer']), daysBefore: days === null ? null : Number(days) }
    : null
  addJumpWarning(req, 'odometer', odometer, earlier)
}

function addJumpWarning(
  req: PayloadRequest,
  field: string,
  miles: number,
  earlier: EarlierReading | null,
): void {
  const jump = findOdometerJump(miles, earlier)
  if (jump === null) return
  const since =
    earlier && earlier.miles > 0
      ? `${Math.round(jump)} miles more than the previous reading of ${earlier.miles}`
      : 'very high'
  addWarnings(req, [
    {
      field,
      code: 'odometer_jump',
      message: `${field} ${miles} is ${since}. Does it have an extra digit?`,
    },
  ])
}

/**
 * A vehicle's odometer cannot be below its logs. The owner's reading is accepted otherwise, with a
 * warning about an implausible jump.
 */
export const checkEnteredOdometer: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const reading = data['odometerReading'] as number | null | undefined
  const before = operation === 'update' ? (originalDoc.odometerReading as number | null) : undefined
  if (reading === before) return { ...data, odometerEntered: originalDoc?.odometerEntered }
  if (typeof reading === 'number') {
    if (operation === 'update') await requireAboveLogs(req, originalDoc.id as string, reading)
    addJumpWarning(
      req,
      'odometerReading',
      reading,
      typeof before === 'number' ? { miles: before, daysBefore: null } : null,
    )
  }
  return { ...data, odometerEntered: reading ?? null }
}

async function requireAboveLogs(
  req: PayloadRequest,
  vehicle: string,
  reading: number,
): Promise<void> {
  const found = await getTransaction(req).db.execute(sql`
    select odometer, source from (
      select odometer, 'the fuel log from ' ||
        to_char(date_time at time zone 'UTC', 'YYYY-MM-DD') as source
        from fuel_logs where vehicle_id = ${vehicle}
      union all
      select odometer, 'the maintenance log from ' || service_date from maintenance_logs
        where vehicle_id = ${vehicle}
    ) logs where odometer > ${reading} order by odometer desc limit 1`)
  const log = found.rows[0]
  if (!log) return
  const message =
    `must be at least ${Number(log['odometer'])}, the reading in ${String(log['source'])}, ` +
    `not ${reading}. Correct the log first`
  throw new ValidationError(
    { collection: 'vehicles', errors: [{ path: 'odometerReading', message }] },
    req.t,
  )
}
