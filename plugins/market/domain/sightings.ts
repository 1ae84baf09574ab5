import type { Comparable, Listing } from './listing.ts'
import type { Search } from './search.ts'
import { normalizeName } from './listing.ts'

/** The area that a source searched: all places at most so many miles from a ZIP code. */
export type SearchArea = { zip: string; radiusMiles: number }

/**
 * One car at one seller, as a search found it. `listing` is the VIN, or the source's ID of a car
 * without one; `place` is the name of the seller, or empty. `cents` is null if no price is shown.
 */
export type Sighting = {
  listing: string
  place: string
  car: Listing
}

/**
 * One car for sale at one seller, from the first sighting to the last one, at whatever prices. A
 * car that left and came back is another stay. Its price is the last one, and its make and model
 * are normalized names.
 */
export type Stay = Comparable & {
  /** When it was first listed, as far as known. */
  startedAt: string
  firstCents: number
  /** When a search first did not find it; null if it is still for sale. */
  leftAt: string | null
}

/** Which cars count as the market of a car. The miles are null for any mileage. */
export type MarketCriteria = Pick<
  Search,
  'make' | 'model' | 'fromYear' | 'toYear' | 'fromMiles' | 'toMiles'
> & {
  /** Whether the cars have a branded title or a clean one. */
  branded: boolean
  /** Whether the cars are new or used; null for both. Cars of unknown condition always count. */
  isNew: boolean | null
  /** The first words of the trim; null for any trim. */
  trim: string | null
}

/**
 * Lists the cars of a search, each once per seller, at its lowest price. Leaves out our own cars
 * and those that no later search could recognize.
 */
export function listSightings(listings: readonly Listing[], own: ReadonlySet<string>): Sighting[] {
  const sightings = new Map<string, Sighting>()
  for (const car of listings) {
    const listing = identifyListing(car)
    if (listing === '' || (car.vin !== null && own.has(car.vin))) continue
    const place = identifyPlace(car)
    const key = JSON.stringify([listing, place])
    const known = sightings.get(key)
    if (!known || (findPrice(car) ?? Infinity) < (findPrice(known.car) ?? Infinity))
      sightings.set(key, { listing, place, car })
  }
  return [...sightings.values()]
}

/** Returns what identifies a car at its source: the VIN, or the source's ID. */
export const identifyListing = ({ vin, key }: Pick<Listing, 'vin' | 'key'>): string => vin ?? key

/** Returns what identifies the seller of a car. */
export const identifyPlace = ({ dealer }: Pick<Listing, 'dealer'>): string => dealer ?? ''

/** Returns the asking price in cents; null if a car has none. */
export const findPrice = ({ cents }: Listing): number | null =>
  cents !== null && cents > 0 ? cents : null

/** Normalizes the make and model of a car, by which its sightings are found. */
export const normalizeCarName = ({
  make,
  model,
}: {
  make: string
  model: string
}): { make: string; model: string } => ({
  make: normalizeName(make),
  model: normalizeName(model),
})

const DAY_MS = 86_400_000

/** Counts the whole days from one instant to another; 0 if it is before it. */
export const countDays = (from: string | Date, to: string | Date): number =>
  Math.max(0, Math.floor((new Date(to).getTime() - new Date(from).getTime()) / DAY_MS))

/** Whether a stay has ended. */
export const isSoldStay = (stay: Stay): stay is Stay & { leftAt: string } => stay.leftAt !== null
