import { z } from 'zod'
import { integerInput, lineInput } from '../../../src/domain/input-schemas.ts'
import { centsToAmount } from '../../../src/domain/money.ts'
import { computeDistanceMiles, NO_LOT_POSITION } from '../domain/distance.ts'
import type { Position } from '../domain/listing.ts'
import { countDays, type MarketCriteria, type Stay } from '../domain/sightings.ts'

/* The schemas of what sightings tell about a market. Money in decimals, instants in UTC. */

const at = z.iso.datetime()
const text = z.string().nullable()

const SOLD_CAR = z.object({
  vin: text,
  year: z.number(),
  trim: text,
  drivetrain: text,
  engine: text,
  isNew: z.boolean().nullable(),
  mileage: z.number().nullable(),
  price: z.number().describe('The last asking price.'),
  firstPrice: z.number().describe('The asking price when it was first seen.'),
  dealer: text,
  city: text,
  state: text,
  distanceMiles: z.number().nullable().describe('Null if its place is unknown.'),
  url: text,
  listedAt: at,
  soldAt: at.describe('An estimate: when a search first did not find it.'),
  daysOnMarket: z.number(),
})
/** A car that left the market: what was asked for it at last, and for how long. */
export type SoldCar = z.output<typeof SOLD_CAR>

/** Why no car has a distance; null if the position of the lot is set. */
const distanceProblem = text.describe('Why no car has a distance.')

/** The market days supply; `days` is null if it cannot be computed, and `reason` says why. */
const DAYS_SUPPLY = z.object({
  days: z.number().nullable(),
  reason: text,
  forSale: z.number().describe('Number of cars for sale at the time of the analysis.'),
  sold: z.number().describe('Number of cars sold in the 45 days before.'),
})

/** The part of an analysis that comes from sightings. */
export const CAR_SIGHTINGS = z.object({
  marketDaysSupply: DAYS_SUPPLY,
  sold: z.array(SOLD_CAR).describe('Such cars that were sold in the past 90 days, newest first.'),
  distanceProblem,
})

/** What sightings tell about one comparable. */
export const COMPARABLE_SIGHTINGS = z.object({
  daysOnMarket: z.number().nullable().describe('Null if nobody knows when it was listed.'),
  distanceMiles: z.number().nullable().describe('Null if its place is unknown.'),
})

/** GET /api/market/sold */
export const SOLD_CARS = z.object({
  docs: z.array(SOLD_CAR),
  total: z.number(),
  page: z.number(),
  limit: z.number(),
  medianPrice: z.number().nullable(),
  medianDaysOnMarket: z.number().nullable(),
  distanceProblem,
})

const MARKET_PERIOD = z.object({
  from: at,
  cars: z.number().describe('Number of cars for sale at the end of the period.'),
  medianPrice: z.number().nullable(),
  lowestPrice: z.number().nullable(),
  listed: z.number(),
  repriced: z.number(),
  sold: z.number(),
})
/** GET /api/market/history: oldest first. */
export const MARKET_HISTORY = z.object({ periods: z.array(MARKET_PERIOD) })

/** The maximum number of past days that sightings can be requested for. */
export const MAX_DAYS = 365
const [MIN_YEAR, MAX_YEAR, MAX_MILES] = [1900, 2200, 9_999_999]
const name = () => lineInput().pipe(z.string().min(1).max(100))

/** The query parameters that select a market. */
export const MARKET_QUERY = z.object({
  make: name().describe('Such as Honda.'),
  model: name().describe('Such as Accord. Case, spaces and punctuation do not matter.'),
  trim: name().optional().describe('The first words of the trim, such as XLT.'),
  fromYear: integerInput(MIN_YEAR, MAX_YEAR).optional(),
  toYear: integerInput(MIN_YEAR, MAX_YEAR).optional(),
  fromMiles: integerInput(0, MAX_MILES).optional(),
  toMiles: integerInput(0, MAX_MILES).optional(),
  title: z.enum(['clean', 'branded']).default('clean'),
  condition: z
    .enum(['used', 'new', 'all'])
    .default('used')
    .describe('Cars of unknown condition always count.'),
  days: integerInput(1, MAX_DAYS).default(90).describe('The number of past days.'),
})

/** Converts the query parameters of a market. */
export const toMarketCriteria = (query: z.output<typeof MARKET_QUERY>): MarketCriteria => ({
  make: query.make,
  model: query.model,
  trim: query.trim ?? null,
  fromYear: query.fromYear ?? MIN_YEAR,
  toYear: query.toYear ?? MAX_YEAR,
  fromMiles: query.fromMiles ?? null,
  toMiles: query.toMiles ?? null,
  branded: query.title === 'branded',
  isNew: query.condition === 'all' ? null : query.condition === 'new',
})

/** Converts a stay that has ended; `lot` is where our lot is, null if unknown. */
export function toSoldCar(stay: Stay & { leftAt: string }, lot: Position | null): SoldCar {
  const { vin, year, trim, drivetrain, engine, isNew, dealer, city, state, url } = stay
  return {
    vin,
    year,
    trim,
    drivetrain,
    engine,
    isNew,
    mileage: stay.miles,
    price: centsToAmount(stay.cents),
    firstPrice: centsToAmount(stay.firstCents),
    dealer,
    city,
    state,
    distanceMiles: computeDistanceMiles(lot, stay.position),
    url,
    listedAt: stay.startedAt,
    soldAt: stay.leftAt,
    daysOnMarket: countDays(stay.startedAt, stay.leftAt),
  }
}

/** Returns why no car has a distance; null if the position of the lot is known. */
export const findDistanceProblem = (lot: Position | null): string | null =>
  lot ? null : NO_LOT_POSITION
