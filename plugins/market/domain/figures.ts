import { median, medianAbsoluteDeviation } from 'simple-statistics'
import type { Comparable } from './listing.ts'

/** Statistics of comparable asking prices. Money in whole cents, half a cent rounded up. */
export type Figures = {
  /** Number of cars without outliers. */
  sampleSize: number
  /** How many cars were left out because their price is beyond three MAD from the median. */
  outliers: number
  medianCents: number
  minCents: number
  maxCents: number
  /**
   * The median of the prices, each adjusted to the miles of our car; with no adjustment the same as
   * `medianCents`.
   */
  expectedCents: number
  /**
   * What one more mile takes off a price, as a number of cents that is 0 or less; 0 where there is
   * no adjustment.
   */
  centsPerMile: number
  /**
   * Those that were counted, the cheapest first, each also with its price at the miles of our car.
   */
  counted: (Comparable & { adjustedCents: number })[]
  /** The outliers, the cheapest first. */
  excluded: Comparable[]
}

/**
 * Prices as far from the median are left out: so many times the median of all distances from it.
 */
const MAX_DEVIATIONS = 3
/** With fewer cars the slope over mileage is not reliable. */
const MIN_CARS_FOR_SLOPE = 8

/**
 * The figures of cars that are compared with one that has so many miles; null of none. `miles` is
 * null where nobody knows them, and then nothing is adjusted. The slope is Theil and Sen's: the
 * median of the slopes between all pairs of cars, so that no single car bends it. One that rises
 * with miles is noise, and counts as none.
 */
export function computeFigures(
  comparables: readonly Comparable[],
  miles: number | null,
): Figures | null {
  const { within, beyond: excluded } = splitOutliers(comparables)
  const [cheapest, dearest] = [within[0], within.at(-1)]
  if (!cheapest || !dearest) return null
  const centsPerMile = miles === null ? 0 : computeSlope(within)
  const adjusted = within.map(
    (car) => car.cents + centsPerMile * ((miles ?? 0) - (car.miles ?? miles ?? 0)),
  )
  return {
    sampleSize: within.length,
    outliers: excluded.length,
    medianCents: roundCents(median(within.map(({ cents }) => cents))),
    minCents: cheapest.cents,
    maxCents: dearest.cents,
    expectedCents: roundCents(median(adjusted)),
    centsPerMile,
    counted: within.map((car, index) => ({
      ...car,
      adjustedCents: roundCents(adjusted[index] ?? car.cents),
    })),
    excluded,
  }
}

/**
 * Where more than half of the prices are the same, the median distance is 0 and says nothing about
 * the others: none is left out then. Doubles are exact here: medians of medians of whole cents end
 * on a quarter of a cent.
 */
function splitOutliers(comparables: readonly Comparable[]): {
  within: Comparable[]
  beyond: Comparable[]
} {
  const sorted = comparables.toSorted((one, other) => one.cents - other.cents)
  if (sorted.length === 0) return { within: [], beyond: [] }
  const prices = sorted.map(({ cents }) => cents)
  const [middle, deviation] = [median(prices), medianAbsoluteDeviation(prices)]
  const isFar = ({ cents }: Comparable) =>
    deviation > 0 && Math.abs(cents - middle) > MAX_DEVIATIONS * deviation
  return { within: sorted.filter((car) => !isFar(car)), beyond: sorted.filter(isFar) }
}

function computeSlope(cars: readonly Comparable[]): number {
  if (cars.length < MIN_CARS_FOR_SLOPE) return 0
  const slopes = cars.flatMap((one, index) =>
    cars.slice(index + 1).flatMap((other) => {
      const apart = one.miles === null || other.miles === null ? 0 : one.miles - other.miles
      return apart === 0 ? [] : [(one.cents - other.cents) / apart]
    }),
  )
  const slope = slopes.length === 0 ? 0 : median(slopes)
  return slope < 0 ? slope : 0
}

/** Half a cent is rounded up, as PostgreSQL does. An adjusted price is never less than a cent. */
const roundCents = (cents: number): number => Math.max(1, Math.round(cents))
