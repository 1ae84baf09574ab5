import { type Choosing, comparablesOf, type LeftOut } from './comparables.ts'
import { type Figures, figuresOf } from './figures.ts'
import type { Subject } from './listing.ts'
import type { Search } from './search.ts'
import type { Found } from './source.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** What one search found. */
export type Gathered = { search: Search; found: Found }

/** What a car's market came to, and from which search. `figures` is null where nobody is compared. */
export type Analysis = {
  search: Search
  figures: Figures | null
  verdict: Verdict
  leftOut: LeftOut
  /** How many listings were looked at, whether they were all there are, and what else to know of them. */
  listings: number
  complete: boolean
  notes: string[]
}

/** Analyses a car at a price in cents by one search and what it found. */
export function analysisOf(car: Subject & { cents: number }, { search, found }: Gathered, choosing: Choosing): Analysis {
  const { comparables, leftOut } = comparablesOf(car, found.listings, search, choosing)
  const figures = figuresOf(comparables, car.miles)
  const { complete, notes } = found
  return { search, figures, verdict: verdictOf(figures, car.cents), leftOut, listings: found.listings.length, complete, notes }
}

/** Whether so many are compared that something can be said; else a wider search is due. */
export const isEnough = ({ verdict }: Analysis): boolean => verdict.recommendation !== 'insufficient_data'
