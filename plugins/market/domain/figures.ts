import { median, medianAbsoluteDeviation } from 'simple-statistics'
import { type AdjustedCar, adjustPrice, estimateAdjustment } from './adjustment.ts'
import { computeInterval, type Interval } from './interval.ts'
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
   * The median of the prices after adjusting each to the mileage and year of our car; equals
   * `medianCents` if there is no adjustment.
   */
  expectedCents: number
  /** The quartiles of the adjusted prices. */
  firstQuartileCents: number
  thirdQuartileCents: number
  /** Where the expected price of such a car lies; null with too few cars. */
  interval: Interval | null
  /** Whether all cars have the trim of ours; otherwise, the expected price is less certain. */
  sameTrim: boolean
  /**
   * The change of the price per additional mile in cents, 0 or negative; 0 if there is no
   * adjustment.
   */
  centsPerMile: number
  /** The change of the price per newer year in cents, 0 or positive; 0 without an adjustment. */
  centsPerYear: number
  /** The cars without outliers, cheapest first, each with its price adjusted to our car. */
  counted: (Comparable & { adjustedCents: number })[]
  /** The outliers, cheapest first. */
  excluded: Comparable[]
}

/** The number of cars that were found, including outliers. */
export const countFound = (figures: Figures | null): number =>
  figures ? figures.sampleSize + figures.outliers : 0

/**
 * The maximum distance of a price from the median, as a multiple of the median absolute deviation
 * (MAD). Prices beyond it are outliers.
 */
const MAX_DEVIATIONS = 3
/** The minimum number of cars for a deviation that says which prices are outliers. */
const MIN_CARS_FOR_OUTLIERS = 8

/**
 * Computes the figures of comparables for a car; null if there are none. Prices are adjusted to its
 * mileage and year where the cars show an effect of these.
 */
export function computeFigures(
  comparables: readonly Comparable[],
  car: AdjustedCar,
  { sameTrim }: { sameTrim: boolean },
): Figures | null {
  const { within, beyond: excluded } = splitOutliers(comparables)
  const [cheapest, dearest] = [within[0], within.at(-1)]
  if (!cheapest || !dearest) return null
  const adjustment = estimateAdjustment(within, car)
  const adjust = (comparable: Comparable) => adjustPrice(comparable, car, adjustment)
  const adjusted = within.map(adjust)
  const sorted = adjusted.toSorted((one, other) => one - other)
  return {
    sampleSize: within.length,
    outliers: excluded.length,
    medianCents: roundCents(median(within.map(({ cents }) => cents))),
    minCents: cheapest.cents,
    maxCents: dearest.cents,
    expectedCents: roundCents(median(sorted)),
    firstQuartileCents: roundCents(interpolateQuantile(sorted, 0.25)),
    thirdQuartileCents: roundCents(interpolateQuantile(sorted, 0.75)),
    interval: computeInterval((sameTrim ? comparables : within).map(adjust), {
      sameTrim,
      doubtCents: adjustment.doubtCents,
    }),
    sameTrim,
    centsPerMile: adjustment.centsPerMile,
    centsPerYear: adjustment.centsPerYear,
    counted: within.map((comparable, index) => ({
      ...comparable,
      adjustedCents: roundCents(adjusted[index] ?? comparable.cents),
    })),
    excluded,
  }
}

/**
 * Separates outliers. Below eight cars, nothing is excluded: the deviation of so few prices says
 * little. If more than half of the prices are equal, the deviation is 0 and not meaningful, so
 * nothing is excluded either. Doubles are exact here: medians of medians of whole cents are
 * multiples of a quarter of a cent.
 */
function splitOutliers(comparables: readonly Comparable[]): {
  within: Comparable[]
  beyond: Comparable[]
} {
  const sorted = comparables.toSorted((one, other) => one.cents - other.cents)
  if (sorted.length < MIN_CARS_FOR_OUTLIERS) return { within: sorted, beyond: [] }
  const prices = sorted.map(({ cents }) => cents)
  const [middle, deviation] = [median(prices), medianAbsoluteDeviation(prices)]
  const isFar = ({ cents }: Comparable) =>
    deviation > 0 && Math.abs(cents - middle) > MAX_DEVIATIONS * deviation
  return { within: sorted.filter((car) => !isFar(car)), beyond: sorted.filter(isFar) }
}

/** Rounds half a cent up, as PostgreSQL does. An adjusted price is at least one cent. */
const roundCents = (cents: number): number => Math.max(1, Math.round(cents))

/**
 * Interpolates the quantile at a share of values, sorted in ascending order, as `percentile_cont`
 * of PostgreSQL does. NaN without values.
 */
function interpolateQuantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const [low, high] = [sorted[below] ?? NaN, sorted[Math.ceil(place)] ?? NaN]
  return low + (place - below) * (high - low)
}
