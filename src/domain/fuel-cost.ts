/**
 * What a total says beside units × price: nothing odd, less than it (a discount), or more than it
 * can be. Amounts in cents.
 */
export type TotalVerdict = { kind: 'fits' } | { kind: 'discount' | 'too-high'; computed: number }

/** How much more than units × price a total may be, for what a pump rounds: 1 %. */
const TOLERANCE = 0.01

/**
 * Units × price per unit, both with three places at most, in whole cents, half a cent rounded up.
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

/** Cents as a decimal text: 1234 is 12.34. */
export const formatCents = (cents: number) => (cents / 100).toFixed(2)
