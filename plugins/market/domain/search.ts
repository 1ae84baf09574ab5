import { isSameName, type Subject } from './listing.ts'

/**
 * How far a search is widened: the same car, also with more or fewer miles, and also of adjacent
 * years.
 */
export type Tier = 'exact' | 'more_miles' | 'more_miles_and_years'

/** The criteria of a market search. The miles are null if the car's mileage is unknown. */
export type Search = {
  tier: Tier
  make: string
  model: string
  fromYear: number
  toYear: number
  fromMiles: number | null
  toMiles: number | null
}

/** The mileage tolerance of a search, and the additional tolerance of a wider one. */
const MILES_TOLERANCE = 20_000
const WIDER_MILES = 50_000
/**
 * The minimum mileage in a search. Cars with fewer miles are as good as new and priced differently.
 */
const MIN_MILES = 500

/**
 * Builds the searches for a car, narrowest first. Each wider one is for when the one before found
 * too few cars. Without mileage, there are two.
 */
export function buildSearches({ year, make, model, miles }: Subject): Search[] {
  const buildSearch = (tier: Tier, years: number, tolerance: number): Search => ({
    tier,
    make,
    model,
    fromYear: year - years,
    toYear: year + years,
    fromMiles: miles === null ? null : Math.max(MIN_MILES, miles - tolerance),
    toMiles: miles === null ? null : Math.max(MIN_MILES, miles + tolerance),
  })
  const wide = MILES_TOLERANCE + WIDER_MILES
  const tiers = [
    buildSearch('exact', 0, MILES_TOLERANCE),
    buildSearch('more_miles', 0, wide),
    buildSearch('more_miles_and_years', 1, wide),
  ]
  return miles === null ? tiers.filter(({ tier }) => tier !== 'more_miles') : tiers
}

/**
 * Whether a car has changed so much that the listings found for it no longer apply. Different
 * spellings of a name do not count.
 */
export function isDifferentCar(before: Subject, after: Subject): boolean {
  const isAlike = isSameName(before.make, after.make) && isSameName(before.model, after.model)
  if (!isAlike || before.year !== after.year || before.branded !== after.branded) return true
  return (
    before.miles !== null &&
    after.miles !== null &&
    Math.abs(before.miles - after.miles) > MILES_TOLERANCE
  )
}
