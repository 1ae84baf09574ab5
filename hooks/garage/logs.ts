import { type CollectionBeforeChangeHook, ValidationError } from 'payload'
import { checkTotal, computeTotalCents } from '../../src/domain/fuel-cost.ts'
import { amountToCents, centsToAmount, formatDecimal } from '../../src/domain/money.ts'
import {
  type FuelAmount,
  readVolumeUnit,
  restoreEntered,
} from '../../src/garage/domain/entered-units.ts'
import type { VolumeUnit } from '../../src/garage/domain/units.ts'
import { addWarnings } from '../add-warnings.ts'

type Purchase = { fuelUnits?: unknown; costPerUnit?: unknown; totalCost?: unknown }

/**
 * Sets the total of a purchase to units × price if none is entered, or if these change and the
 * total was computed from them. Accepts a lower total with a warning, as a discount; refuses one
 * that is more than 1% higher. The total is computed in the unit that the fuel was entered in.
 */
export const computeTotal: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  const unit = readVolumeUnit(data)
  const entered = readAmount(data, unit)
  const { totalCost: provided } = data as Purchase
  if (entered === null) return data
  const { units, price } = entered
  if (typeof provided !== 'number' || isComputedTotal(data, originalDoc, unit))
    return { ...data, totalCost: centsToAmount(computeTotalCents(units, price)) }
  const verdict = checkTotal(amountToCents(provided), units, price)
  if (verdict.kind === 'fits') return data
  const sum = `${units} units at ${price} cost ${formatDecimal(verdict.computed)}`
  if (verdict.kind === 'discount') {
    const message =
      `totalCost ${provided} is less than expected: ${sum}. The difference is treated ` +
      'as a discount'
    addWarnings(req, [{ field: 'totalCost', code: 'total_below_units', message }])
    return data
  }
  const allowed = `${formatDecimal(verdict.computed)} or at most 1% more`
  const message = `must be ${allowed}, not ${provided}: ${sum}`
  throw new ValidationError(
    { collection: 'fuel-logs', errors: [{ path: 'totalCost', message }] },
    req.t,
  )
}

/** The amount and price of a purchase as entered; null if they are invalid. */
function readAmount(
  { fuelUnits: units, costPerUnit: price }: Purchase,
  unit: VolumeUnit,
): FuelAmount | null {
  if (typeof units !== 'number' || typeof price !== 'number') return null
  if (!(units > 0 && Number.isFinite(units)) || !(price >= 0 && Number.isFinite(price))) return null
  return restoreEntered({ units, price }, unit)
}

/** Whether an unchanged total was units × price before the units or price changed. */
function isComputedTotal(data: Purchase, before: Purchase | undefined, unit: VolumeUnit): boolean {
  if (!before || data.totalCost !== before.totalCost) return false
  if (data.fuelUnits === before.fuelUnits && data.costPerUnit === before.costPerUnit) return false
  const amount = readAmount(before, unit)
  return (
    amount !== null &&
    amountToCents(Number(before.totalCost)) === computeTotalCents(amount.units, amount.price)
  )
}
