import { z } from 'zod'
import { computeDaysSupply, SUPPLY_DAYS } from '../domain/days-supply.ts'
import { computeDistanceMiles } from '../domain/distance.ts'
import type { Listing, Position } from '../domain/listing.ts'
import {
  countDays,
  identifyListing,
  identifyPlace,
  isSoldStay,
  type MarketCriteria,
  type Stay,
} from '../domain/sightings.ts'
import type { LotCar } from '../store/cars.ts'
import type { QueryContext } from '../store/query.ts'
import { loadStays } from '../store/stays.ts'
import {
  type CAR_SIGHTINGS,
  type COMPARABLE_SIGHTINGS,
  findDistanceProblem,
  toSoldCar,
} from './sightings-schemas.ts'

/** The number of past days whose sold cars are listed, and the maximum number of these cars. */
const SOLD_DAYS = 90
const MAX_SOLD = 50

/** What the stored search of an analysis tells about the market of its car. */
const SEARCHED = z.object({
  make: z.string(),
  model: z.string(),
  fromYear: z.number(),
  toYear: z.number(),
  fromMiles: z.number().nullable(),
  toMiles: z.number().nullable(),
})

/** What identifies a comparable among the sightings, and what it tells itself. */
type SightedComparable = Pick<Listing, 'vin' | 'key' | 'dealer' | 'position' | 'listedAt'>

/** What sightings tell about the market of a car, and about each of its comparables. */
export type CarSightings = z.output<typeof CAR_SIGHTINGS> & {
  describeComparable: (car: SightedComparable) => z.output<typeof COMPARABLE_SIGHTINGS>
}

/**
 * Loads what sightings tell about the market of a car as of its last analysis: the market days
 * supply, the cars that were sold, and the days on market and distance of each comparable.
 * `searched` is the stored search; `isComparable` narrows its cars to those that the analysis
 * compares with; `position` is where the lot is.
 */
export async function loadCarSightings(
  context: QueryContext,
  car: LotCar,
  analysis: { source: string | null; searched: unknown; analysedAt: string },
  {
    position,
    now,
    isComparable = () => true,
  }: { position: Position | null; now: Date; isComparable?: (stay: Stay) => boolean },
): Promise<CarSightings> {
  const asOf = new Date(analysis.analysedAt)
  const since = new Date(asOf.getTime() - SOLD_DAYS * 86_400_000)
  const criteria = buildCriteria(car, analysis.searched)
  const { stays, recordedSince } =
    criteria && analysis.source !== null
      ? await loadStays(context, criteria, { source: analysis.source, since, asOf })
      : { stays: [], recordedSince: null }
  const alike = stays.filter(isComparable)
  const sold = alike.filter(isSoldStay)
  const soldLately = sold.filter(({ leftAt }) => countDays(leftAt, asOf) < SUPPLY_DAYS).length
  const forSale = new Set(alike.filter((stay) => !isSoldStay(stay)).map(identifyListing)).size
  const observedDays = recordedSince === null ? 0 : countDays(recordedSince, asOf)
  return {
    marketDaysSupply: {
      ...computeDaysSupply({ forSale, sold: soldLately, observedDays }),
      forSale,
      sold: soldLately,
    },
    sold: sold.slice(0, MAX_SOLD).map((stay) => toSoldCar(stay, position)),
    distanceProblem: findDistanceProblem(position),
    describeComparable: createDescription(stays, position, now),
  }
}

/**
 * Creates the function that tells the days on market and the distance of a comparable, from what it
 * says itself and from sightings.
 */
export function createDescription(
  stays: readonly Stay[],
  lot: Position | null,
  now: Date,
): CarSightings['describeComparable'] {
  const identify = (car: Pick<Listing, 'vin' | 'key' | 'dealer'>) =>
    JSON.stringify([identifyListing(car), identifyPlace(car)])
  const starts = new Map(stays.map((stay) => [identify(stay), stay.startedAt]))
  return (car) => {
    const known = [car.listedAt, starts.get(identify(car)) ?? null].filter((at) => at !== null)
    const days = known.map((at) => countDays(at, now))
    return {
      daysOnMarket: days.length === 0 ? null : Math.max(...days),
      distanceMiles: computeDistanceMiles(lot, car.position),
    }
  }
}

function buildCriteria({ branded, isNew }: LotCar, searched: unknown): MarketCriteria | null {
  const read = SEARCHED.safeParse(searched)
  return read.success ? { ...read.data, branded, isNew, trim: null } : null
}
