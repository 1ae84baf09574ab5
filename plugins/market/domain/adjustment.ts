import { mean, median } from 'simple-statistics'
import { computeSlopeDoubt } from './interval.ts'
import type { Comparable } from './listing.ts'

/** The car that prices are adjusted to. `miles` is null if unknown. */
export type AdjustedCar = { year: number; miles: number | null }

/** How much the mileage and the year of a car change its price. */
export type Adjustment = {
  /** The change per additional mile in cents, 0 or negative. */
  centsPerMile: number
  /** The change per newer year in cents, 0 or positive. */
  centsPerYear: number
  /** By how much the adjustment of a typical comparable to our car may be off, in cents. */
  doubtCents: number
}

/** A slope, and by how much it may be off. Both are 0 if no two cars are apart. */
type Slope = { value: number; doubt: number }
type Distance = (one: Comparable, other: Comparable) => number

/** The minimum number of cars for an adjustment of cars that are much alike. */
const MIN_CARS_ALIKE = 8
/** The minimum number of cars for an adjustment of others: comparing them without one is worse. */
const MIN_CARS_APART = 5
/** The maximum range of mileage of cars that are alike: that of a search for similar mileage. */
const MILES_ALIKE = 40_000
const NO_SLOPE: Slope = { value: 0, doubt: 0 }

/**
 * Estimates the effects of mileage and year on prices. Both are Theil–Sen estimators, the median of
 * the slopes between pairs of cars, so that a single car cannot distort them. For the mileage, only
 * cars of the same year are paired, so that age does not count as mileage; for the year, prices are
 * compared at equal mileage. A price that rises with mileage or age is noise and counts as 0. Cars
 * of one year and similar mileage are adjusted from eight cars on, others from five. An adjustment
 * that is not made because there are too few cars counts as doubt.
 */
export function estimateAdjustment(cars: readonly Comparable[], car: AdjustedCar): Adjustment {
  const miles = cars.flatMap((one) => one.miles ?? [])
  const isEnough = cars.length >= (areAlike(cars, miles, car) ? MIN_CARS_ALIKE : MIN_CARS_APART)
  const perMile = car.miles === null ? NO_SLOPE : estimateSlope(cars, computeMilesApart, Math.min)
  const centsPerMile = isEnough ? perMile.value : 0
  const atEqualMiles = cars.map((one) => ({
    ...one,
    cents: adjustPrice(one, { ...car, year: one.year }, { centsPerMile, centsPerYear: 0 }),
  }))
  const perYear = estimateSlope(atEqualMiles, (one, other) => one.year - other.year, Math.max)
  const milesAway = car.miles === null || miles.length === 0 ? 0 : car.miles - median(miles)
  const yearsAway = cars.length === 0 ? 0 : car.year - mean(cars.map(({ year }) => year))
  const readDoubt = ({ value, doubt }: Slope) => (isEnough ? doubt : value)
  return {
    centsPerMile,
    centsPerYear: isEnough ? perYear.value : 0,
    doubtCents: Math.hypot(readDoubt(perMile) * milesAway, readDoubt(perYear) * yearsAway),
  }
}

/** Adjusts the price of a comparable to the mileage and year of a car, in cents. */
export function adjustPrice(
  comparable: Comparable,
  { year, miles }: AdjustedCar,
  { centsPerMile, centsPerYear }: Pick<Adjustment, 'centsPerMile' | 'centsPerYear'>,
): number {
  const moreMiles = miles === null || comparable.miles === null ? 0 : miles - comparable.miles
  return comparable.cents + centsPerMile * moreMiles + centsPerYear * (year - comparable.year)
}

/** Whether cars and ours are of one year, and within the mileage of a narrow search. */
function areAlike(
  cars: readonly Comparable[],
  miles: readonly number[],
  car: AdjustedCar,
): boolean {
  if (cars.some(({ year }) => year !== car.year)) return false
  const all = car.miles === null ? miles : [...miles, car.miles]
  return car.miles === null || Math.max(...all) - Math.min(...all) <= MILES_ALIKE
}

const computeMilesApart: Distance = (one, other) =>
  one.year !== other.year || one.miles === null || other.miles === null
    ? 0
    : one.miles - other.miles

/**
 * Estimates the slope of the price over a distance between cars. `clamp` limits it to the side of 0
 * on which it is plausible.
 */
function estimateSlope(
  cars: readonly Comparable[],
  distance: Distance,
  clamp: (...values: number[]) => number,
): Slope {
  const slopes = cars.flatMap((one, index) =>
    cars.slice(index + 1).flatMap((other) => {
      const apart = distance(one, other)
      return apart === 0 ? [] : [(one.cents - other.cents) / apart]
    }),
  )
  if (slopes.length === 0) return NO_SLOPE
  const value = clamp(0, median(slopes))
  return { value: value === 0 ? 0 : value, doubt: computeSlopeDoubt(slopes) }
}
