import { type ComparisonOptions, selectComparables, type ExclusionCounts } from './comparables.ts'
import { type Figures, computeFigures } from './figures.ts'
import type { Subject } from './listing.ts'
import type { Search } from './search.ts'
import type { FoundListings } from './source.ts'
import { type Verdict, judgePrice } from './verdict.ts'

/** What one search found. */
export type CollectedListings = { search: Search; found: FoundListings }

/**
 * The analysis of a car and the search that it is based on. `figures` is null if there are no
 * comparables.
 */
export type Analysis = {
  search: Search
  figures: Figures | null
  verdict: Verdict
  leftOut: ExclusionCounts
  /**
   * The number of listings that were examined; `complete` is whether that is all there are, and
   * `notes` describe limitations.
   */
  listings: number
  complete: boolean
  notes: string[]
}

/** Analyzes a car at a price in cents, based on one search and its listings, in one currency. */
export function analyzeCar(
  car: Subject & { cents: number },
  { search, found }: CollectedListings,
  { currency, ...options }: ComparisonOptions & { currency: string },
): Analysis {
  const { comparables, leftOut } = selectComparables(car, found.listings, search, options)
  const figures = computeFigures(comparables, car.miles)
  const { complete, notes } = found
  return {
    search,
    figures,
    verdict: judgePrice(figures, { cents: car.cents, currency }),
    leftOut,
    listings: found.listings.length,
    complete,
    notes,
  }
}

/** Whether there are enough comparables for a verdict; otherwise, a wider search is needed. */
export const hasEnoughCars = ({ verdict }: Analysis): boolean =>
  verdict.recommendation !== 'insufficient_data'
