import { isSameName, type Subject } from './listing.ts'

/**
 * How far a search goes: the same car; the same with more or fewer miles; and of the years beside
 * it, too.
 */
export type Tier = 'exact' | 'more_miles' | 'more_miles_and_years'

/** What to look for on the market. The miles are null where the car's are not known. */
export type Search = {
  tier: Tier
  make: string
  model: string
  fromYear: number
  toYear: number
  fromMiles: number | null
  toMiles: number | null
}

/**
 * How many miles more or less another car may have, and how many more once too few cars were found.
 */
const MILES_TOLERANCE = 20_000
const WIDER_MILES = 50_000
/** A car with fewer miles is as good as new and has a price of its own. */
const MIN_MILES = 500

/**
 * What to look for, the narrowest first; a wider one is for when the one before found too little.
 * Without miles there are two.
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
 * Whether a car is not the one it was when others were looked for: what was found then says nothing
 * of it. Odd ways to write a name don't count.
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
