import { type Comparable, isSameName, type Listing, type Subject } from './listing.ts'
import { classifyDrivetrain, classifyEngine, isSameEngine } from './powertrain.ts'
import type { Search, Tier } from './search.ts'
import { normalizeTrim, type TrimName } from './trim.ts'

/**
 * Further criteria for comparables: the VINs of our own cars, the time from which on a listing must
 * have been seen, and the table of trim names.
 */
export type ComparisonOptions = {
  own: ReadonlySet<string>
  since: string | null
  trimNames: readonly TrimName[]
}

/** The number of excluded listings by the first reason that applies. */
export type ExclusionCounts = Record<ExclusionReason | 'duplicate', number>

type ExclusionReason =
  'other_car' | 'own' | 'no_price' | 'condition' | 'miles' | 'title' | 'old' | 'trim' | 'powertrain'

/**
 * Selects the listings that a car may be compared with in a tier: those of the years, make and
 * model of its search, with similar mileage, new ones for a new car and used ones for a used one,
 * and with a clean title for a clean one or a branded title for a branded one. In a tier of the
 * same trim, only those whose trim is known and the same. Excludes our own cars, listings without a
 * price, those not seen since a time, and listings without mileage if the car's mileage is known.
 * Keeps each VIN once, at its lowest price; a VIN that one listing calls branded is branded in all.
 * The result is sorted by price and does not depend on the order of the input.
 */
export function selectComparables(
  subject: Subject,
  listings: readonly Listing[],
  tier: Tier,
  options: ComparisonOptions,
): { comparables: Comparable[]; leftOut: ExclusionCounts } {
  const leftOut: ExclusionCounts = {
    other_car: 0,
    own: 0,
    no_price: 0,
    condition: 0,
    miles: 0,
    title: 0,
    old: 0,
    trim: 0,
    powertrain: 0,
    duplicate: 0,
  }
  const branded = new Set(
    listings.flatMap((listing) => (listing.branded && listing.vin ? [listing.vin] : [])),
  )
  const isBranded = ({ branded: says, vin }: Listing) => says || branded.has(vin ?? '')
  const matchesVersion = createVersionFilter(subject, tier, options.trimNames)
  const findReason = (listing: Listing): ExclusionReason | null => {
    const reason = findGeneralReason(subject, listing, tier.search, options.own)
    if (reason) return reason
    if (isBranded(listing) !== subject.branded) return 'title'
    return isTooOld(listing, options.since) ? 'old' : matchesVersion(listing)
  }
  const cheapest = new Map<string, Comparable>()
  for (const listing of listings.toSorted(comparePrices)) {
    const reason = findReason(listing)
    const name = listing.vin === null ? `key ${listing.key}` : `vin ${listing.vin}`
    if (reason) leftOut[reason] += 1
    else if (cheapest.has(name)) leftOut.duplicate += 1
    else cheapest.set(name, { ...listing, cents: listing.cents ?? 0 })
  }
  return { comparables: [...cheapest.values()], leftOut }
}

/** Finds the reason to exclude a listing that any tier would have. */
function findGeneralReason(
  subject: Subject,
  listing: Listing,
  search: Search,
  own: ReadonlySet<string>,
): ExclusionReason | null {
  if (!matchesSearch(listing, search)) return 'other_car'
  if (listing.vin !== null && (listing.vin === subject.vin || own.has(listing.vin))) return 'own'
  if (listing.cents === null || listing.cents <= 0) return 'no_price'
  // A listing that does not call the car new is of a used one.
  if ((listing.isNew === true) !== subject.isNew) return 'condition'
  return matchesMiles(listing, search) ? null : 'miles'
}

/** Creates the check of what only tiers of the same trim and powertrain ask for. */
function createVersionFilter(subject: Subject, tier: Tier, names: readonly TrimName[]) {
  const trim = normalizeTrim(subject, names)
  const drivetrain = classifyDrivetrain(subject.drivetrain)
  const engine = classifyEngine(subject.engine)
  return (listing: Listing): ExclusionReason | null => {
    if (tier.sameTrim && normalizeTrim(listing, names) !== trim) return 'trim'
    if (!tier.samePowertrain) return null
    if (drivetrain !== null && classifyDrivetrain(listing.drivetrain) !== drivetrain)
      return 'powertrain'
    const theirs = engine && classifyEngine(listing.engine)
    return engine && !(theirs && isSameEngine(engine, theirs)) ? 'powertrain' : null
  }
}

/** Whether a source has not seen a listing for too long; one that is online is never too old. */
const isTooOld = ({ seenAt }: Listing, since: string | null): boolean =>
  since !== null && seenAt !== null && Date.parse(seenAt) < Date.parse(since)

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
