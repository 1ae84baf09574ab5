import { type Comparable, isSameName, type Listing, type Subject } from './listing.ts'
import type { Search } from './search.ts'

/**
 * What else bears on who is compared: the VINs of our own cars, and the moment before which a
 * listing is too old.
 */
export type ComparisonOptions = { own: ReadonlySet<string>; since: string | null }

/** How many listings were left out, by the first reason that held. */
export type ExclusionCounts = Record<ExclusionReason | 'duplicate', number>

type ExclusionReason = 'other_car' | 'own' | 'no_price' | 'miles' | 'title' | 'old'

/**
 * The listings that a car may be compared with: of the same year, make and model as the search
 * says, with about its miles, a clean title beside a clean one and a branded one beside a branded
 * one; not our own; a VIN once, at its lowest price. A VIN that one listing calls branded is
 * branded in all. A listing without a price, or without miles where the car's are known, is
 * compared with nothing. Sorted by price, whatever order they come in.
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
 * The cheapest first; listings of one price have an order of their own, so that theirs when they
 * came does not matter.
 */
const comparePrices = (one: Listing, other: Listing): number =>
  (one.cents ?? Infinity) - (other.cents ?? Infinity) ||
  (one.miles ?? Infinity) - (other.miles ?? Infinity) ||
  compareTexts(one.vin ?? '', other.vin ?? '') ||
  compareTexts(one.key, other.key)

const compareTexts = (one: string, other: string): number =>
  one < other ? -1 : Number(one > other)
