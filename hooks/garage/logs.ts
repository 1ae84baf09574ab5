import { type CollectionBeforeChangeHook, ValidationError } from 'payload'
import {
  checkChargingTotal,
  checkTotal,
  computeTotalCents,
  isComputedChargingTotal,
} from '../../src/domain/fuel-cost.ts'
import { amountToCents, centsToAmount, formatDecimal } from '../../src/domain/money.ts'
import {
  type FuelAmount,
  readVolumeUnit,
  restoreEntered,
} from '../../src/garage/domain/entered-units.ts'
import { parseFuelType } from '../../src/garage/domain/fuel-types.ts'
import type { VolumeUnit } from '../../src/garage/domain/units.ts'
import { addWarnings } from '../add-warnings.ts'

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
 * electricity a higher one, as fees; refuses another one that is more than 1% higher. The total is
 * computed in the unit that the fuel was entered in.
 */
export const computeTotal: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  const unit = readVolumeUnit(data)
  const entered = readAmount(data, unit)
  const { totalCost: provided } = data as Purchase
  if (entered === null) return data
  const { units, price } = entered
  if (typeof provided !== 'number' || isComputedTotal(data, originalDoc, unit))
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

/** The amount and price of a purchase as entered; null if they are invalid. */
function readAmount(
  { fuelUnits: units, costPerUnit: price }: Purchase,
  unit: VolumeUnit,
): FuelAmount | null {
  if (typeof units !== 'number' || typeof price !== 'number') return null
  if (!(units > 0 && Number.isFinite(units)) || !(price >= 0 && Number.isFinite(price))) return null
  return restoreEntered({ units, price }, unit)
}

const isElectricity = ({ fuelType }: Purchase): boolean => parseFuelType(fuelType) === 'electricity'

/** Whether an unchanged total was units × price before the units or price changed. */
function isComputedTotal(data: Purchase, before: Purchase | undefined, unit: VolumeUnit): boolean {
  if (!before || data.totalCost !== before.totalCost) return false
  if (data.fuelUnits === before.fuelUnits && data.costPerUnit === before.costPerUnit) return false
  const amount = readAmount(before, unit)
  if (amount === null) return false
  const cents = amountToCents(Number(before.totalCost))
  return isElectricity(before)
    ? isComputedChargingTotal(cents, amount.units, amount.price)
    : cents === computeTotalCents(amount.units, amount.price)
}
