import {
  type CollectionAfterChangeHook,
  type CollectionAfterDeleteHook,
  type CollectionBeforeChangeHook,
  type PayloadRequest,
  ValidationError,
} from 'payload'
import { getTransaction } from '../../src/database/transaction.ts'
import { parseDay, parseInstant } from '../../src/domain/input-values.ts'
import { isUuid } from '../../src/fields/uuid.ts'
import { readDistanceUnit } from '../../src/garage/domain/entered-units.ts'
import { describeReadingConflict } from '../../src/garage/domain/odometer-message.ts'
import {
  type Reading,
  findCurrentReading,
  findReadingConflict,
  spanDay,
  spanInstant,
} from '../../src/garage/domain/odometer.ts'
import { loadReadings, lockOdometer, saveOdometer } from '../../src/garage/store/odometer.ts'

type Row = Readonly<Record<string, unknown>>

/** The ID of a reference, also if it is populated. */
export const getId = (vehicle: unknown) =>
  typeof vehicle === 'object' && vehicle !== null && 'id' in vehicle ? vehicle.id : vehicle

/**
 * Refuses a log whose odometer does not fit the other readings of its vehicle, unless it is sent
 * with `confirmOdometer: true`. An unchanged reading is not checked again. Locks the vehicle.
 */
export const checkLogOdometer: CollectionBeforeChangeHook = async ({
  collection,
  data,
  originalDoc,
  req,
}) => {
  const log = data as Row
  const reading = readLog(log, String(originalDoc?.id ?? ''))
  const vehicle = getId(log['vehicle'])
  if (reading === null || !isUuid(vehicle) || isSameReading(originalDoc as Row | undefined, log))
    return data
  const { db } = getTransaction(req)
  if ((await lockOdometer(db, vehicle, String(log['userId']))) === null) return data
  if (isConfirmed(log, req)) return data
  const others = (await loadReadings(db, vehicle)).filter(({ id }) => id !== reading.id)
  requireFit({ collection: collection.slug, path: 'odometer', row: log, req }, reading, others)
  return data
}

/** The reading of a log; null without an odometer, or if it is invalid, which its field refuses. */
function readLog(log: Row, id: string): Reading | null {
  const { odometer, dateTime, serviceDate } = log
  if (typeof odometer !== 'number' || !Number.isFinite(odometer)) return null
  if (serviceDate !== undefined) {
    const day = parseDay(serviceDate)
    if ('problem' in day) return null
    return { source: 'maintenance', id, miles: odometer, ...spanDay(day.value) }
  }
  const instant = parseInstant(dateTime)
  if ('problem' in instant) return null
  return { source: 'fuel', id, miles: odometer, ...spanInstant(instant.value) }
}

/** Whether a log has the reading that it had before: the same miles, moment and vehicle. */
const isSameReading = (before: Row | undefined, log: Row): boolean =>
  before !== undefined && describeReading(before) === describeReading(log)

const describeReading = ({ odometer, dateTime, serviceDate, vehicle }: Row): string =>
  JSON.stringify([odometer ?? null, dateTime ?? serviceDate, getId(vehicle)])

/** Only a signed-in caller or a command on this server can confirm a reading. */
const isConfirmed = ({ confirmOdometer }: Row, req: PayloadRequest): boolean =>
  confirmOdometer === true && (Boolean(req.user) || req.payloadAPI === 'local')

type Check = {
  collection: string
  path: string
  row: Row
  req: PayloadRequest
}

/** Throws a 400 that names the neighbors of a reading if it does not fit them. */
function requireFit(
  { collection, path, row, req }: Check,
  reading: Reading,
  others: readonly Reading[],
): void {
  const conflict = findReadingConflict(reading, others)
  if (conflict === null) return
  const message = describeReadingConflict(reading, conflict, readDistanceUnit(row))
  throw new ValidationError({ collection, errors: [{ path, message }] }, req.t)
}

/**
 * A vehicle's odometer is its current reading: it follows each log up and down, on both vehicles if
 * a log moves to another. The vehicle has been locked since the log was validated
 * (src/fields/own-vehicle.ts).
 */
export const updateOdometer: CollectionAfterChangeHook = async ({ doc, previousDoc, req }) => {
  const [log, before] = [doc as Row, previousDoc as Row | undefined]
  if (isSameReading(before, log)) return doc
  const [vehicle, earlier] = [getId(log['vehicle']), getId(before?.['vehicle'])]
  if (earlier !== undefined && earlier !== vehicle) await recomputeOdometer(req, earlier)
  await recomputeOdometer(req, vehicle)
  return doc
}

/** The same as updateOdometer, for a deleted log. */
export const updateOdometerAfterDelete: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await recomputeOdometer(req, getId((doc as Row)['vehicle']))
  return doc
}

async function recomputeOdometer(req: PayloadRequest, vehicle: unknown): Promise<void> {
  const { db } = getTransaction(req)
  if (typeof vehicle !== 'string' || (await lockOdometer(db, vehicle)) === null) return
  const current = findCurrentReading(await loadReadings(db, vehicle))
  await saveOdometer(db, vehicle, Math.ceil(current?.miles ?? 0))
}

/**
 * An owner's reading of a vehicle's odometer is one of its readings, of the moment it is entered,
 * and is checked like those of logs. The odometer is the current one of all of them. An unchanged
 * one is read again under the lock, because a log may have moved it since the row was read.
 */
export const checkVehicleOdometer: CollectionBeforeChangeHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const row = data as Row
  const miles = row['odometerReading']
  if (operation === 'create') {
    const isReading = typeof miles === 'number' && miles > 0
    const now = new Date()
    const reading = isReading ? createOwnReading('', miles, now) : null
    if (reading && !isConfirmed(row, req)) requireVehicleFit(row, req, reading, [])
    return {
      ...data,
      odometerEntered: reading?.miles ?? null,
      odometerEnteredAt: reading ? now.toISOString() : null,
    }
  }
  return updateVehicleOdometer(row, originalDoc as Row, req)
}

async function updateVehicleOdometer(row: Row, before: Row, req: PayloadRequest): Promise<Row> {
  const { db } = getTransaction(req)
  const vehicle = String(before['id'])
  const stored = await lockOdometer(db, vehicle)
  const miles = row['odometerReading']
  if (stored === null) return row
  if (miles === before['odometerReading'])
    return {
      ...row,
      odometerReading: stored.reading,
      odometerEntered: stored.entered,
      odometerEnteredAt: stored.enteredAt?.toISOString() ?? null,
    }
  const now = new Date()
  const readings = await loadReadings(db, vehicle)
  const logged = readings.filter(({ source }) => source !== 'owner')
  const own = typeof miles === 'number' && miles > 0 ? createOwnReading(vehicle, miles, now) : null
  if (own && !isConfirmed(row, req)) requireVehicleFit(row, req, own, readings)
  const current = findCurrentReading(own ? [...logged, own] : logged)
  return {
    ...row,
    odometerReading: current ? Math.ceil(current.miles) : (miles ?? null),
    odometerEntered: own?.miles ?? null,
    odometerEnteredAt: own ? now.toISOString() : null,
  }
}

const createOwnReading = (id: string, miles: number, at: Date): Reading => ({
  source: 'owner',
  id,
  miles,
  ...spanInstant(at),
})

const requireVehicleFit = (
  row: Row,
  req: PayloadRequest,
  reading: Reading,
  others: readonly Reading[],
): void =>
  requireFit({ collection: 'vehicles', path: 'odometerReading', row, req }, reading, others)
