import { type ComparisonOptions, type ExclusionCounts, selectComparables } from './comparables.ts'
import { computeFigures, type Figures } from './figures.ts'
import type { Comparable, Subject } from './listing.ts'
import { buildTiers, describeTier, type Search, type Tier } from './search.ts'
import type { FoundListings } from './source.ts'
import { type Bands, judgePrice, MIN_CARS, type Verdict } from './verdict.ts'

/** What one search found. */
export type CollectedListings = { search: Search; found: FoundListings }

/**
 * The analysis of a car, and the tier that it is based on. `figures` is null if there are no
 * comparables.
 */
export type Analysis = {
  tier: Tier
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

/** The cars that one tier compares ours with, among what its search found. */
type Sample = ReturnType<typeof selectComparables> & { tier: Tier; found: FoundListings }

/**
 * Analyzes a car at a price in cents, in one currency: by the narrowest tier that has enough cars
 * among what was collected, otherwise by the one with the most. Throws if nothing was collected.
 */
export function analyzeCar(
  car: Subject & { cents: number },
  collected: readonly CollectedListings[],
  { currency, bands, ...options }: ComparisonOptions & { currency: string; bands: Bands },
): Analysis {
  const { tier, found, comparables, leftOut } = chooseSample(car, collected, options)
  const figures = computeCarFigures(comparables, car, tier)
  return {
    tier,
    figures,
    verdict: judgePrice(
      figures,
      { cents: car.cents, currency },
      { bands, tier: describeTier(tier.name, car), old: leftOut.old },
    ),
    leftOut,
    listings: found.listings.length,
    complete: found.complete,
    notes: found.notes,
  }
}

/**
 * Whether a wider search could find a better tier: none of those that the searches so far cover has
 * enough cars, or a narrower one still waits for its search.
 */
export function needsWiderSearch(
  car: Subject,
  collected: readonly CollectedListings[],
  options: ComparisonOptions,
): boolean {
  for (const tier of buildTiers(car, options.trimNames)) {
    const sample = takeSample(car, tier, collected, options)
    if (!sample) return true
    if (isEnough(sample)) return false
  }
  return false
}

/** Computes figures for our car. The few miles of a new car do not matter for its price. */
export const computeCarFigures = (
  comparables: readonly Comparable[],
  { year, miles, isNew }: Pick<Subject, 'year' | 'miles' | 'isNew'>,
  { sameTrim }: { sameTrim: boolean },
): Figures | null =>
  computeFigures(comparables, { year, miles: isNew ? null : miles }, { sameTrim })

function chooseSample(
  car: Subject,
  collected: readonly CollectedListings[],
  options: ComparisonOptions,
): Sample {
  const samples = buildTiers(car, options.trimNames).flatMap(
    (tier) => takeSample(car, tier, collected, options) ?? [],
  )
  const widest = samples.reduce<Sample | undefined>(
    (most, sample) => (most && most.comparables.length > sample.comparables.length ? most : sample),
    undefined,
  )
  const sample = samples.find(isEnough) ?? widest
  if (!sample) throw new Error(`Nothing was collected for ${car.year} ${car.make} ${car.model}.`)
  return sample
}

/** Takes the cars of a tier; null if its search was not made. */
function takeSample(
  car: Subject,
  tier: Tier,
  collected: readonly CollectedListings[],
  options: ComparisonOptions,
): Sample | null {
  const result = collected.find(({ search }) => search.reach === tier.search.reach)
  if (!result) return null
  const { found } = result
  return { tier, found, ...selectComparables(car, found.listings, tier, options) }
}

const isEnough = ({ comparables }: Sample): boolean => comparables.length >= MIN_CARS
