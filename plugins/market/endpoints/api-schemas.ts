import { z } from 'zod'
import { LAST_TRY } from '../../../jobs/last-try.ts'

/* What the endpoints of the room answer. Money in dollars, instants in UTC. */

const dollars = z.number()
const at = z.iso.datetime()
const verdict = {
  recommendation: z.enum(['competitive', 'high', 'low', 'insufficient_data']),
  confidence: z.enum(['none', 'low', 'medium', 'high']),
  /** Our price in percent of what is expected. */
  priceToMarket: z.number().nullable(),
  /** Our place by price among the cars compared and our own, the cheapest being 1. */
  rank: z.object({ position: z.number(), of: z.number() }).nullable(),
  explanation: z.string(),
}

const CAR = z.object({
  id: z.uuid(),
  title: z.string(),
  status: z.string(),
  price: dollars,
  mileage: z.number(),
})

const FIGURES = z.object({
  sampleSize: z.number(),
  outliers: z.number(),
  medianPrice: dollars,
  minPrice: dollars,
  maxPrice: dollars,
  /** The median at the miles of our car. */
  expectedPrice: dollars,
  /** What a thousand miles more take off a price; 0 where nothing is adjusted. */
  dollarsPer1000Miles: z.number(),
})

const COMPARABLE = z.object({
  vin: z.string().nullable(),
  year: z.number(),
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable(),
  price: dollars,
  adjustedPrice: dollars.nullable(),
  mileage: z.number().nullable(),
  dealer: z.string().nullable(),
  city: z.string().nullable(),
  state: z.string().nullable(),
  url: z.string().nullable(),
  /** As its source says it. */
  seenAt: z.string().nullable(),
  outlier: z.boolean(),
})

/** GET /api/inventory/:id/market */
export const MARKET_ANSWER = z.object({
  car: CAR,
  /**
   * The last analysis, judged at the price and the miles that the car has now; null where there is
   * none.
   */
  analysis: z
    .object({
      analysedAt: at,
      source: z.string().nullable(),
      figures: FIGURES.nullable(),
      ...verdict,
      /** How many cars ask from `from` up to `to`. */
      distribution: z.array(z.object({ from: dollars, to: dollars, cars: z.number() })),
      comparables: z.array(COMPARABLE),
      /** What was searched for, and what was left out of it, as it was kept. */
      searched: z.unknown(),
    })
    .nullable(),
  history: z.array(
    z.object({
      recordedAt: at,
      ourPrice: dollars,
      medianMarketPrice: dollars.nullable(),
      minMarketPrice: dollars.nullable(),
      sampleSize: z.number().nullable(),
    }),
  ),
  /** The same car at the price that was asked about; null where none was. */
  whatIf: z.object({ price: dollars, ...verdict }).nullable(),
  lastTry: LAST_TRY.optional(),
})
export type MarketAnswer = z.output<typeof MARKET_ANSWER>

const OVERVIEW_CAR = z.object({
  id: z.uuid(),
  title: z.string(),
  price: dollars,
  expectedPrice: dollars.nullable(),
  priceToMarket: z.number().nullable(),
  sampleSize: z.number().nullable(),
  analysedAt: at.nullable(),
})
const GROUP = z.object({ count: z.number(), cars: z.array(OVERVIEW_CAR) })

/**
 * GET /api/market/overview: of the available cars. A car may be stale and in another group, too.
 */
export const OVERVIEW_ANSWER = z.object({
  available: z.number(),
  competitive: z.number(),
  overpriced: GROUP,
  underpriced: GROUP,
  stale: GROUP,
  noData: GROUP,
  /** A car that was analysed before this moment is stale. */
  staleBefore: at,
})
export type OverviewAnswer = z.output<typeof OVERVIEW_ANSWER>

/** What the cache keeps of a VIN. */
export const EVALUATION = z.object({
  vehicle: z.object({
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
    /** Whether something is missing or not certain. */
    partial: z.boolean(),
  }),
  /**
   * What is asked for such cars of all miles; null where there are none, or where it is not known
   * which car it is.
   */
  market: FIGURES.omit({ expectedPrice: true, dollarsPer1000Miles: true })
    .extend({ confidence: verdict.confidence, complete: z.boolean() })
    .nullable(),
})
export type Evaluation = z.output<typeof EVALUATION>

/** POST /api/vin-evaluation */
export const EVALUATION_ANSWER = EVALUATION.extend({
  vin: z.string(),
  source: z.string(),
  cachedAt: at,
  expiresAt: at,
  /** Whether it was kept from an earlier question. */
  cached: z.boolean(),
})
export type EvaluationAnswer = z.output<typeof EVALUATION_ANSWER>
