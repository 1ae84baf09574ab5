import { isSameName, type Subject } from './listing.ts'
import { classifyDrivetrain, classifyEngine } from './powertrain.ts'
import { normalizeTrim, type TrimName } from './trim.ts'

/**
 * How far a request to a source reaches: cars with similar mileage, with more or fewer miles, and
 * also those of the adjacent years.
 */
export type Reach = 'near_miles' | 'more_miles' | 'adjacent_years'

/**
 * The criteria of a request to a source. The miles are null if the car's mileage is unknown or does
 * not matter.
 */
export type Search = {
  reach: Reach
  make: string
  model: string
  fromYear: number
  toYear: number
  fromMiles: number | null
  toMiles: number | null
}

/** How closely the cars of a tier match ours, in addition to the criteria of its search. */
type Match = {
  reach: Reach
  sameTrim: boolean
  samePowertrain: boolean
}

/** The tiers, narrowest first. */
const TIERS = {
  same_powertrain: { reach: 'near_miles', sameTrim: true, samePowertrain: true },
  same_trim: { reach: 'near_miles', sameTrim: true, samePowertrain: false },
  same_trim_more_miles: { reach: 'more_miles', sameTrim: true, samePowertrain: false },
  same_trim_adjacent_years: { reach: 'adjacent_years', sameTrim: true, samePowertrain: false },
  all_trims: { reach: 'near_miles', sameTrim: false, samePowertrain: false },
  all_trims_more_miles: { reach: 'more_miles', sameTrim: false, samePowertrain: false },
  all_trims_adjacent_years: { reach: 'adjacent_years', sameTrim: false, samePowertrain: false },
} as const satisfies Record<string, Match>

/** The name of a tier, as stored. */
export type TierName = keyof typeof TIERS

/** How closely compared cars match ours, and the search that finds them. */
export type Tier = Match & { name: TierName; search: Search }

/** Whether a stored name is one of a tier. */
export const isTierName = (name: unknown): name is TierName =>
  typeof name === 'string' && Object.hasOwn(TIERS, name)

/** Whether all cars of a tier have the trim of ours. */
export const hasSameTrim = (name: TierName): boolean => TIERS[name].sameTrim

/** The mileage tolerance of a search, and that of a wider one. */
const MILES_TOLERANCE = 20_000
const WIDER_TOLERANCE = 70_000
/**
 * The minimum mileage in a search. Cars with fewer miles are as good as new and priced differently.
 */
const MIN_MILES = 500

/**
 * Builds the searches for a car, narrowest first: at most three requests to a source. Without
 * mileage, and for a new car, there are two.
 */
export function buildSearches({ year, make, model, miles: odometer, isNew }: Subject): Search[] {
  const miles = isNew ? null : odometer
  const buildSearch = (reach: Reach, years: number, tolerance: number): Search => ({
    reach,
    make,
    model,
    fromYear: year - years,
    toYear: year + years,
    fromMiles: miles === null ? null : Math.max(MIN_MILES, miles - tolerance),
    toMiles: miles === null ? null : Math.max(MIN_MILES, miles + tolerance),
  })
  const searches = [
    buildSearch('near_miles', 0, MILES_TOLERANCE),
    buildSearch('more_miles', 0, WIDER_TOLERANCE),
    buildSearch('adjacent_years', 1, WIDER_TOLERANCE),
  ]
  return miles === null ? searches.filter(({ reach }) => reach !== 'more_miles') : searches
}

/**
 * Builds the tiers for a car, narrowest first. Without a known trim, only those of all trims;
 * without a known drivetrain or engine, none of the same powertrain.
 */
export function buildTiers(car: Subject, trimNames: readonly TrimName[]): Tier[] {
  const searches = new Map(buildSearches(car).map((search) => [search.reach, search]))
  const isTrimKnown = normalizeTrim(car, trimNames) !== null
  const isPowertrainKnown =
    classifyDrivetrain(car.drivetrain) !== null || classifyEngine(car.engine) !== null
  return Object.entries(TIERS).flatMap(([name, match]) => {
    const search = searches.get(match.reach)
    if (!search || !isTierName(name)) return []
    if ((match.sameTrim && !isTrimKnown) || (match.samePowertrain && !isPowertrainKnown)) return []
    return [{ ...match, name, search }]
  })
}

/**
 * Describes in words which cars were compared: `same trim and drivetrain, same year, within 20,000
 * miles`.
 */
export function describeTier(name: TierName, car: Subject): string {
  const { reach, sameTrim, samePowertrain } = TIERS[name]
  const same = [
    'trim',
    ...(samePowertrain && classifyDrivetrain(car.drivetrain) !== null ? ['drivetrain'] : []),
    ...(samePowertrain && classifyEngine(car.engine) !== null ? ['engine'] : []),
  ]
  const list = new Intl.ListFormat('en-US', { type: 'conjunction' })
  const miles = reach === 'near_miles' ? MILES_TOLERANCE : WIDER_TOLERANCE
  return [
    sameTrim ? `same ${list.format(same).replace(', and', ' and')}` : 'all trims',
    reach === 'adjacent_years' ? 'same and adjacent years' : 'same year',
    car.isNew
      ? 'new cars'
      : car.miles === null
        ? 'any mileage'
        : `within ${miles.toLocaleString('en-US')} miles`,
  ].join(', ')
}

/**
 * Whether a car has changed so much that the listings found for it no longer apply. Different
 * spellings of a name do not count.
 */
export function isDifferentCar(before: Subject, after: Subject): boolean {
  const isAlike = isSameName(before.make, after.make) && isSameName(before.model, after.model)
  if (!isAlike || before.year !== after.year || before.branded !== after.branded) return true
  if (before.isNew !== after.isNew || isDifferentVersion(before, after)) return true
  return (
    before.miles !== null &&
    after.miles !== null &&
    Math.abs(before.miles - after.miles) > MILES_TOLERANCE
  )
}

/** Whether the trim, drivetrain or engine differs, as far as the general rules tell. */
function isDifferentVersion(before: Subject, after: Subject): boolean {
  const describe = (car: Subject) =>
    JSON.stringify([
      normalizeTrim(car, []),
      classifyDrivetrain(car.drivetrain),
      classifyEngine(car.engine),
    ])
  return describe(before) !== describe(after)
}
