import { sql } from '@payloadcms/db-postgres'
import {
  type CollectionAfterChangeHook,
  type CollectionBeforeChangeHook,
  ValidationError,
} from 'payload'
import { getTransaction } from '../../src/database/transaction.ts'
import {
  checkChargingTotal,
  checkTotal,
  computeTotalCents,
  isComputedChargingTotal,
} from '../../src/domain/fuel-cost.ts'
import { amountToCents, centsToAmount, formatDecimal } from '../../src/domain/money.ts'
import { parseFuelType } from '../../src/garage/domain/fuel-types.ts'
import { addWarnings } from '../add-warnings.ts'
import { getId } from './odometer.ts'

type Purchase = {
  fuelUnits?: unknown
  costPerUnit?: unknown
  totalCost?: unknown
  fuelType?: unknown
}

const NOTES = {
  discount: {
    code: 'total_below_units',
    note: 'is less than expected: SUM. The difference is treated as a discount',
  },
  fees: {
    code: 'total_above_units',
    note: 'is more than expected: SUM. The difference is treated as session and idle fees',
  },
} as const

/**
 * Sets the total of a purchase to units × price if none is entered, or if these change and the
 * total was computed from them. Accepts a lower total with a warning, as a discount, and for
 * electricity a higher one, as fees; refuses another one that is more than 1% higher.
 */
export const computeTotal: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  const { fuelUnits: units, costPerUnit: price, totalCost: provided } = data as Purchase
  if (typeof units !== 'number' || typeof price !== 'number' || !(units > 0) || !(price >= 0))
    return data
  if (typeof provided !== 'number' || isComputedTotal(data, originalDoc))
    return { ...data, totalCost: centsToAmount(computeTotalCents(units, price)) }
  const check = isElectricity(data) ? checkChargingTotal : checkTotal
  const verdict = check(amountToCents(provided), units, price)
  if (verdict.kind === 'fits') return data
  const sum = `${units} units at ${price} cost ${formatDecimal(verdict.computed)}`
  if (verdict.kind !== 'too-high') {
    const { code, note } = NOTES[verdict.kind]
    const message = `totalCost ${provided} ${note.replace('SUM', sum)}`
    addWarnings(req, [{ field: 'totalCost', code, message }])
    return data
  }
  const allowed = `${formatDecimal(verdict.computed)} or at most 1% more`
  const message = `must be ${allowed}, not ${provided}: ${sum}`
  throw new ValidationError(
    { collection: 'fuel-logs', errors: [{ path: 'totalCost', message }] },
    req.t,
  )
}

const isElectricity = ({ fuelType }: Purchase): boolean => parseFuelType(fuelType) === 'electricity'

/** Whether an unchanged total was units × price before the units or price changed. */
function isComputedTotal(data: Purchase, before: Purchase | undefined): boolean {
  if (!before || data.totalCost !== before.totalCost) return false
  if (data.fuelUnits === before.fuelUnits && data.costPerUnit === before.costPerUnit) return false
  const cents = amountToCents(Number(before.totalCost))
  const [units, price] = [Number(before.fuelUnits), Number(before.costPerUnit)]
  return isElectricity(before)
    ? isComputedChargingTotal(cents, units, price)
    : cents === computeTotalCents(units, price)
}

type FuelLog = { id: string; odometer?: number | null; dateTime: string; vehicle: unknown }

/**
 * Warns about a fuel log whose odometer is not between those of the purchases before and after it.
 * The log is accepted, because old receipts are often misread.
 */
export const warnAboutOdometerOrder: CollectionAfterChangeHook = async ({
  doc,
  previousDoc,
  req,
}) => {
  const { id, odometer, dateTime } = doc as FuelLog
  const before = previousDoc as FuelLog | undefined
  const vehicle = getId((doc as FuelLog).vehicle)
  const same =
    before?.odometer === odometer &&
    before?.dateTime === dateTime &&
    getId(before.vehicle) === vehicle
  if (typeof odometer !== 'number' || same) return doc
  const { db } = getTransaction(req)
  const found = await db.execute(sql`
    select odometer, date_time < ${dateTime} as earlier, to_char(date_time at time zone 'UTC',
      'YYYY-MM-DD') as day from fuel_logs
    where vehicle_id = ${vehicle} and id <> ${id} and (
      (date_time < ${dateTime} and odometer > ${odometer}) or (date_time > ${dateTime}
        and odometer < ${odometer}))
    order by abs(extract(epoch from date_time - ${dateTime}::timestamptz)) limit 1`)
  const log = found.rows[0]
  if (!log) return doc
  const message =
    `odometer ${odometer} is ${log['earlier'] ? 'below' : 'above'} the reading of ` +
    `${Number(log['odometer'])} on ${String(log['day'])}`
  addWarnings(req, [{ field: 'odometer', code: 'odometer_out_of_order', message }])
  return doc
}
