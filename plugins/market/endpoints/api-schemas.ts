import { z } from 'zod'
import { LAST_TRY } from '../../../jobs/last-try.ts'
import type { Goal } from '../domain/advice.ts'
import { PROBLEMS } from '../domain/decision.ts'
import { CAR_SIGHTINGS, COMPARABLE_SIGHTINGS } from './sightings-schemas.ts'

/* The response schemas of the market API. Money in decimals, instants in UTC. */

const GOAL_NAMES = ['fast', 'market', 'margin'] as const satisfies Goal[]

const amount = z.number()
const at = z.iso.datetime()
const verdict = {
  recommendation: z.enum([
    'competitive',
    'slightly_high',
    'slightly_low',
    'high',
    'low',
    'insufficient_data',
  ]),
  confidence: z.enum(['none', 'low', 'medium', 'high']),
  /** Our price in percent of the expected price. */
  priceToMarket: z.number().nullable(),
  /** Our position by price among the comparables and our car, 1 being the cheapest. */
  rank: z.object({ position: z.number(), of: z.number() }).nullable(),
  explanation: z.string(),
}

/** From which difference to the expected price on a price is off the market, in percent. */
const BANDS = z.object({ inLinePercent: z.number(), farPercent: z.number() })

const CAR = z.object({
  id: z.uuid(),
  title: z.string(),
  status: z.string(),
  price: amount,
  mileage: z.number(),
  /** Null if it has not been listed yet. */
  daysOnMarket: z.number().nullable(),
  trim: z.string().nullable(),
})

const FIGURES = z.object({
  sampleSize: z.number(),
  outliers: z.number(),
  medianPrice: amount,
  minPrice: amount,
  maxPrice: amount,
  /** The median of the prices, adjusted to the mileage and year of our car. */
  expectedPrice: amount,
  /** The quartiles of the adjusted prices. */
  firstQuartilePrice: amount,
  thirdQuartilePrice: amount,
  /** The price reduction per additional thousand miles; 0 without an adjustment. */
  dollarsPer1000Miles: z.number(),
  /** The price increase per newer year; 0 without an adjustment. */
  dollarsPerYear: z.number(),
})

/** Where the expected price lies with a probability of `level` percent. */
const INTERVAL = z.object({
  low: amount,
  high: amount,
  level: z.number(),
  /** The ranks of the median of cars of our trim, or those of single cars of any trim. */
  method: z.enum(['order_statistics', 'single_car']),
})

/** A suggested price; from `low` to `high` serves its goal as well. */
const SUGGESTION = z.object({
  price: amount,
  low: amount,
  high: amount,
  sentence: z.string(),
  belowCost: z.boolean(),
  rank: verdict.rank,
  priceToMarket: verdict.priceToMarket,
})

/** A suggested price for each goal; `goal` is that of the settings. Null for too few cars. */
const ADVICE = z
  .object({
    goal: z.enum(['fast', 'market', 'margin']),
    fast: SUGGESTION,
    market: SUGGESTION,
    margin: SUGGESTION,
  })
  .nullable()

const COMPARABLE = z.object({
  vin: z.string().nullable(),
  year: z.number(),
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable(),
  drivetrain: z.string().nullable(),
  engine: z.string().nullable(),
  /** Whether the car is new; null if the source does not say. */
  isNew: z.boolean().nullable(),
  price: amount,
  adjustedPrice: amount.nullable(),
  mileage: z.number().nullable(),
  dealer: z.string().nullable(),
  city: z.string().nullable(),
  state: z.string().nullable(),
  url: z.string().nullable(),
  /** When it was first listed, as provided by the source. */
  listedAt: z.string().nullable(),
  /** When the source last saw it; null if it lists only what is online now. */
  seenAt: z.string().nullable(),
  outlier: z.boolean(),
  ...COMPARABLE_SIGHTINGS.shape,
})

/** GET /api/inventory/:id/market */
export const MARKET_ANSWER = z.object({
  car: CAR,
  /**
   * The last analysis, evaluated at the current price and mileage of the car; null if there is
   * none.
   */
  analysis: z
    .object({
      analysedAt: at,
      source: z.string().nullable(),
      /** Which cars were compared, in words; null for an analysis of an older version. */
      tier: z.string().nullable(),
      figures: FIGURES.nullable(),
      interval: INTERVAL.nullable(),
      ...verdict,
      advice: ADVICE,
      /** The number of cars priced from `from` up to `to`. */
      distribution: z.array(z.object({ from: amount, to: amount, cars: z.number() })),
      comparables: z.array(COMPARABLE),
      ...CAR_SIGHTINGS.shape,
      /** The stored search criteria and exclusions. */
      searched: z.unknown(),
    })
    .nullable(),
  history: z.array(
    z.object({
      recordedAt: at,
      ourPrice: amount,
      medianMarketPrice: amount.nullable(),
      minMarketPrice: amount.nullable(),
      sampleSize: z.number().nullable(),
    }),
  ),
  /** The same car at the requested price; null if no price was requested. */
  whatIf: z.object({ price: amount, ...verdict }).nullable(),
  bands: BANDS,
  lastTry: LAST_TRY.optional(),
})
export type MarketAnswer = z.output<typeof MARKET_ANSWER>

const OVERVIEW_CAR = z.object({
  id: z.uuid(),
  title: z.string(),
  price: amount,
  expectedPrice: amount.nullable(),
  priceToMarket: z.number().nullable(),
  recommendation: z
    .enum(['competitive', 'slightly_high', 'slightly_low', 'high', 'low'])
    .nullable(),
  sampleSize: z.number().nullable(),
  analysedAt: at.nullable(),
})
const GROUP = z.object({ count: z.number(), cars: z.array(OVERVIEW_CAR) })

/**
 * GET /api/market/overview: the available cars by group. Those outside the band in which a price is
 * in line are overpriced or underpriced. A stale car may also be in another group.
 */
export const OVERVIEW_ANSWER = z.object({
  available: z.number(),
  competitive: z.number(),
  overpriced: GROUP,
  underpriced: GROUP,
  stale: GROUP,
  noData: GROUP,
  bands: BANDS,
  /** A car that was last analyzed before this time is stale. */
  staleBefore: at,
})
export type OverviewAnswer = z.output<typeof OVERVIEW_ANSWER>

/** GET and PUT /api/market/digest: when the caller gets the daily digest. */
export const DIGEST_ANSWER = z.object({
  active: z.boolean(),
  /** From this hour of the day on, 0 to 23. */
  sendHour: z.number(),
  /** Null for the default time zone. */
  timeZone: z.string().nullable(),
  /** The time zone of the schedules. */
  defaultTimeZone: z.string(),
  mutedUntilAt: at.nullable(),
  lastSentAt: at.nullable(),
})
export type DigestAnswer = z.output<typeof DIGEST_ANSWER>

const VEHICLE = z.object({
  vin: z.string(),
  year: z.number().nullable(),
  make: z.string().nullable(),
  model: z.string().nullable(),
  trim: z.string().nullable(),
  bodyStyle: z.string().nullable(),
  engine: z.string().nullable(),
  drivetrain: z.string().nullable(),
  transmission: z.string().nullable(),
  manufacturer: z.string().nullable(),
  /** Whether data is missing or uncertain. */
  partial: z.boolean(),
})

/** The cached data of a VIN for one request. `market` is null if no car was found. */
export const VIN_EVALUATION = z.object({
  vehicle: VEHICLE,
  market: z
    .object({ comparables: z.array(z.unknown()), searched: z.unknown(), complete: z.boolean() })
    .nullable(),
})
export type VinEvaluation = z.output<typeof VIN_EVALUATION>

/** POST /api/vin-evaluation */
export const EVALUATION_ANSWER = z.object({
  vin: z.string(),
  /** What the VIN identifies. */
  vehicle: VEHICLE,
  /** The requested trim or the decoded one, and the requested mileage. */
  comparedAs: z.object({ trim: z.string().nullable(), mileage: z.number().nullable() }),
  /** The market of such cars; null if there are none or if the car is not identified. */
  market: FIGURES.extend({
    /** Which cars were compared, in words. */
    tier: z.string().nullable(),
    interval: INTERVAL.nullable(),
    confidence: verdict.confidence,
    advice: ADVICE,
    comparables: z.array(COMPARABLE),
    /** Whether these are all that the source has. */
    complete: z.boolean(),
  }).nullable(),
  source: z.string(),
  cachedAt: at,
  expiresAt: at,
  /** Whether it comes from the cache. */
  cached: z.boolean(),
})
export type EvaluationAnswer = z.output<typeof EVALUATION_ANSWER>

const DECISION = z.object({
  car: CAR.omit({ status: true, daysOnMarket: true, trim: true }).extend({
    stockNumber: z.string().nullable(),
    daysOnLot: z.number().nullable(),
  }),
  problem: z.enum(PROBLEMS),
  /** What is wrong. */
  sentence: z.string(),
  expectedPrice: amount.nullable(),
  /** The suggested price for the goal; null if the price suits it or none is expected. */
  suggestedPrice: amount.nullable(),
  /** The prices around the suggested one that serve the goal as well. */
  range: z.object({ low: amount, high: amount }).nullable(),
  priceToMarket: verdict.priceToMarket,
  rank: verdict.rank,
  confidence: verdict.confidence,
  sampleSize: z.number().nullable(),
  analysedAt: at.nullable(),
})
export type Decision = z.output<typeof DECISION>

/** GET /api/market/decisions: the available cars that need a decision, most urgent first. */
export const DECISIONS_ANSWER = z.object({
  total: z.number(),
  /** The number of cars by problem, whatever the request is limited to. */
  counts: z.record(z.enum(PROBLEMS), z.number()),
  /** What the suggested prices aim for. */
  goal: z.enum(GOAL_NAMES),
  decisions: z.array(DECISION),
})
export type DecisionsAnswer = z.output<typeof DECISIONS_ANSWER>
