import { median, medianAbsoluteDeviation } from 'simple-statistics'
import type { Comparable } from './listing.ts'

/** Statistics of comparable asking prices. Money in whole cents, half a cent rounded up. */
export type Figures = {
  /** Number of cars without outliers. */
  sampleSize: number
  /**
   * Number of cars that were excluded because their price is more than three MAD from the median.
   */
  outliers: number
  medianCents: number
  minCents: number
  maxCents: number
  /**
   * The median of the prices after adjusting each to the mileage of our car; equals `medianCents`
   * if there is no adjustment.
   */
  expectedCents: number
  /**
   * The change of the price per additional mile in cents, 0 or negative; 0 if there is no
   * adjustment.
   */
  centsPerMile: number
  /** The cars without outliers, cheapest first, each with its price adjusted to our mileage. */
  counted: (Comparable & { adjustedCents: number })[]
  /** The outliers, cheapest first. */
  excluded: Comparable[]
}

/**
 * The maximum distance of a price from the median, as a multiple of the median absolute deviation
 * (MAD). Prices beyond it are outliers.
 */
const MAX_DEVIATIONS = 3
/** The minimum number of cars for a reliable slope over mileage. */
const MIN_CARS_FOR_SLOPE = 8

/**
 * Computes the figures of comparables for a car with this mileage; null if there are none. If
 * `miles` is null (unknown), prices are not adjusted. The slope is the Theil–Sen estimator: the
 * median of the slopes between all pairs of cars, so that a single car cannot distort it. A
 * positive slope is noise and counts as 0.
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
 * Separates outliers. If more than half of the prices are equal, the median deviation is 0 and not
 * meaningful, so nothing is excluded. Doubles are exact here: medians of medians of whole cents are
 * multiples of a quarter of a cent.
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

/** Rounds half a cent up, as PostgreSQL does. An adjusted price is at least one cent. */
const roundCents = (cents: number): number => Math.max(1, Math.round(cents))
