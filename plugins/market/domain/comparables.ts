import { type Comparable, isSameName, type Listing, type Subject } from './listing.ts'
import type { Search } from './search.ts'

/**
 * Further criteria for comparables: the VINs of our own cars, and the time before which a listing
 * is too old.
 */
export type ComparisonOptions = { own: ReadonlySet<string>; since: string | null }

/** The number of excluded listings by the first reason that applies. */
export type ExclusionCounts = Record<ExclusionReason | 'duplicate', number>

type ExclusionReason = 'other_car' | 'own' | 'no_price' | 'miles' | 'title' | 'old'

/**
 * Selects the listings that a car may be compared with: those of the search's years, make and
 * model, with similar mileage, and with a clean title for a clean one or a branded title for a
 * branded one. Excludes our own cars. Keeps each VIN once, at its lowest price; a VIN that one
 * listing calls branded is branded in all. Excludes listings without a price, and listings without
 * mileage if the car's mileage is known. The result is sorted by price and does not depend on the
 * order of the input.
 */
export function selectComparables(
  subject: Subject,
  listings: readonly Listing[],
  search: Search,
  { own, since }: ComparisonOptions,
): { comparables: Comparable[]; leftOut: ExclusionCounts } {
  const leftOut: ExclusionCounts = {
    other_car: 0,
    own: 0,
    no_price: 0,
    miles: 0,
    title: 0,
    old: 0,
    duplicate: 0,
  }
  const branded = new Set(
    listings.flatMap((listing) => (listing.branded && listing.vin ? [listing.vin] : [])),
  )
  const cheapest = new Map<string, Comparable>()
  const findReason = (listing: Listing): ExclusionReason | null => {
    if (!matchesSearch(listing, search)) return 'other_car'
    if (listing.vin !== null && (listing.vin === subject.vin || own.has(listing.vin))) return 'own'
    if (listing.cents === null || listing.cents <= 0) return 'no_price'
    if (!matchesMiles(listing, search)) return 'miles'
    if ((listing.branded || branded.has(listing.vin ?? '')) !== subject.branded) return 'title'
    return since !== null &&
      listing.seenAt !== null &&
      Date.parse(listing.seenAt) < Date.parse(since)
      ? 'old'
      : null
  }
  for (const listing of listings.toSorted(comparePrices)) {
    const reason = findReason(listing)
    const name = listing.vin === null ? `key ${listing.key}` : `vin ${listing.vin}`
    if (reason) leftOut[reason] += 1
    else if (cheapest.has(name)) leftOut.duplicate += 1
    else cheapest.set(name, { ...listing, cents: listing.cents ?? 0 })
  }
  return { comparables: [...cheapest.values()], leftOut }
}

function matchesSearch({ year, make, model }: Listing, search: Search): boolean {
  return (
    year >= search.fromYear &&
    year <= search.toYear &&
    isSameName(make, search.make) &&
    isSameName(model, search.model)
  )
}

function matchesMiles({ miles }: Listing, { fromMiles, toMiles }: Search): boolean {
  if (fromMiles === null || toMiles === null) return true
  return miles !== null && miles >= fromMiles && miles <= toMiles
}

/**
 * Sorts by price, cheapest first. Listings with the same price have a fixed order, so that the
 * order of the input does not matter.
 */
const comparePrices = (one: Listing, other: Listing): number =>
  (one.cents ?? Infinity) - (other.cents ?? Infinity) ||
  (one.miles ?? Infinity) - (other.miles ?? Infinity) ||
  compareTexts(one.vin ?? '', other.vin ?? '') ||
  compareTexts(one.key, other.key)

const compareTexts = (one: string, other: string): number =>
  one < other ? -1 : Number(one > other)
