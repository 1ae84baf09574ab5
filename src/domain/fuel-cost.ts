/**
 * How a total compares with units × price: it fits, it is lower (a discount), it is higher because
 * of fees, or it is too high. Amounts are in cents.
 */
export type TotalVerdict =
  { kind: 'fits' } | { kind: 'discount' | 'fees' | 'too-high'; computed: number }

/** How far a total may exceed units × price, to allow for rounding by the pump: 1%. */
const TOLERANCE = 0.01
/** Half of the last decimal place that is stored, in cents. */
const CENTS_PER_ROUNDING = 0.05

/**
 * Computes units × price per unit in whole cents, rounding half a cent up. Both have at most three
 * decimal places.
 */
export function computeTotalCents(units: number, pricePerUnit: number): number {
  const millionths = BigInt(Math.round(units * 1000)) * BigInt(Math.round(pricePerUnit * 1000))
  return Number((millionths + 5_000n) / 10_000n)
}

/**
 * Computes units × price per unit as an amount, rounding half a cent up. Both have at most four
 * decimal places, as at charging stations.
 */
export function computeChargingTotal(kwh: number, pricePerKwh: number): number {
  const parts = BigInt(Math.round(kwh * 10_000)) * BigInt(Math.round(pricePerKwh * 10_000))
  return Number((parts + 500_000n) / 1_000_000n) / 100
}

/** Compares a total in cents with units × price. */
export function checkTotal(cents: number, units: number, pricePerUnit: number): TotalVerdict {
  const computed = computeTotalCents(units, pricePerUnit)
  if (cents < computed) return { kind: 'discount', computed }
  return cents > computed * (1 + TOLERANCE) ? { kind: 'too-high', computed } : { kind: 'fits' }
}

/**
 * Compares the total of a charging session in cents with kWh × price. A total may be higher by any
 * amount, because sessions and idle time cost fees.
 */
export function checkChargingTotal(cents: number, kwh: number, pricePerKwh: number): TotalVerdict {
  if (isComputedChargingTotal(cents, kwh, pricePerKwh)) return { kind: 'fits' }
  const verdict = checkTotal(cents, kwh, pricePerKwh)
  return verdict.kind === 'too-high' ? { kind: 'fees', computed: verdict.computed } : verdict
}

/**
 * Whether a total is kWh × price from before these were rounded to the three decimal places that
 * are stored.
 */
export function isComputedChargingTotal(cents: number, kwh: number, pricePerKwh: number): boolean {
  const rounding = Math.ceil((kwh + pricePerKwh) * CENTS_PER_ROUNDING)
  return Math.abs(cents - computeTotalCents(kwh, pricePerKwh)) <= rounding
}
