import { type ComparisonOptions, selectComparables, type ExclusionCounts } from './comparables.ts'
import { type Figures, computeFigures } from './figures.ts'
import type { Subject } from './listing.ts'
import type { Search } from './search.ts'
import type { FoundListings } from './source.ts'
import { type Verdict, judgePrice } from './verdict.ts'

/** What one search found. */
export type CollectedListings = { search: Search; found: FoundListings }

/**
 * What a car's market came to, and from which search. `figures` is null where nobody is compared.
 */
export type Analysis = {
  search: Search
  figures: Figures | null
  verdict: Verdict
  leftOut: ExclusionCounts
  /**
   * How many listings were looked at, whether they were all there are, and what else to know of
   * them.
   */
  listings: number
  complete: boolean
  notes: string[]
}

/** Analyses a car at a price in cents by one search and what it found. */
export function analyzeCar(
  car: Subject & { cents: number },
  { search, found }: CollectedListings,
  options: ComparisonOptions,
): Analysis {
  const { comparables, leftOut } = selectComparables(car, found.listings, search, options)
  const figures = computeFigures(comparables, car.miles)
  const { complete, notes } = found
  return {
    search,
    figures,
    verdict: judgePrice(figures, car.cents),
    leftOut,
    listings: found.listings.length,
    complete,
    notes,
  }
}

/** Whether so many are compared that something can be said; else a wider search is due. */
export const hasEnoughCars = ({ verdict }: Analysis): boolean =>
  verdict.recommendation !== 'insufficient_data'
