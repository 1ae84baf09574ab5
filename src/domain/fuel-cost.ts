/**
 * How a total compares with units × price: it fits, it is lower (a discount), or it is too high.
 * Amounts are in cents.
 */
export type TotalVerdict = { kind: 'fits' } | { kind: 'discount' | 'too-high'; computed: number }

/** How far a total may exceed units × price, to allow for rounding by the pump: 1%. */
const TOLERANCE = 0.01

/**
 * Computes units × price per unit in whole cents, rounding half a cent up. Both have at most three
 * decimal places.
 */
export function computeTotalCents(units: number, pricePerUnit: number): number {
  const millionths = BigInt(Math.round(units * 1000)) * BigInt(Math.round(pricePerUnit * 1000))
  return Number((millionths + 5_000n) / 10_000n)
}

/** Compares a total in cents with units × price. */
export function checkTotal(cents: number, units: number, pricePerUnit: number): TotalVerdict {
  const computed = computeTotalCents(units, pricePerUnit)
  if (cents < computed) return { kind: 'discount', computed }
  return cents > computed * (1 + TOLERANCE) ? { kind: 'too-high', computed } : { kind: 'fits' }
}
