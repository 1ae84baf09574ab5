import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { findLastTry } from '../../../jobs/last-try.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { amountToCents, centsToAmount } from '../../../src/domain/money.ts'
import { type Goal, suggestPrice } from '../domain/advice.ts'
import { computeCarFigures } from '../domain/analysis.ts'
import { computeDistribution } from '../domain/distribution.ts'
import type { Figures } from '../domain/figures.ts'
import type { Interval } from '../domain/interval.ts'
import { describeTier, hasSameTrim } from '../domain/search.ts'
import {
  parseComparables,
  parseSearch,
  toComparableRows,
  toDollarsPer1000Miles,
  toDollarsPerYear,
} from '../domain/stored-analysis.ts'
import { normalizeTrim } from '../domain/trim.ts'
import { judgePrice, type Verdict } from '../domain/verdict.ts'
import { countDays } from '../domain/sightings.ts'
import type { Listing, Subject } from '../domain/listing.ts'
import type { MarketSettings } from '../options.ts'
import { findAnalysis, type StoredAnalysis } from '../store/analyses.ts'
import type { LotCar } from '../store/cars.ts'
import { loadPrices } from '../store/prices.ts'
import type { QueryContext } from '../store/query.ts'
import { loadTrimNames } from '../store/trim-names.ts'
import { MARKET_ANSWER, type MarketAnswer } from './api-schemas.ts'
import { type CarSightings, loadCarSightings } from './car-sightings.ts'
import { CAR_ID, createNoCarError, loadRequestedCar } from './requested-car.ts'

const PRICE = /^\d{1,8}(\.\d{1,2})?$/
const buildQuery = (currency: string) =>
  z.object({
    price: z
      .string()
      .regex(PRICE)
      .refine((price) => Number(price) > 0)
      .optional()
      .describe(`An amount in ${currency} greater than 0, such as 24500 or 24500.50.`),
  })

export type AdviceSettings = Pick<MarketSettings, 'currency' | 'bands' | 'goal' | 'position'>

/**
 * GET /api/inventory/:id/market?price=: the market position of a car at its current price, computed
 * from the cars of its last analysis, and at another price if one is given; with suggested prices.
 * If the last analysis failed, includes the reason and the time of the next try.
 */
export const createCarMarketEndpoint = (settings: AdviceSettings): Endpoint =>
  endpoint({
    method: 'get',
    path: '/:id/market',
    summary:
      'The market position of a car at its current price, and at another price if one is given',
    access: callers.staff('market data'),
    params: CAR_ID,
    query: buildQuery(settings.currency),
    inputErrors: { params: createNoCarError, query: createPriceError },
    response: describeJson('The market position.', MARKET_ANSWER),
    refusals: [400, 401, 403, 404],
    load: loadRequestedCar,
    handler: async ({ req, car }, { query: { price } }) => {
      const context = { payload: req.payload }
      const cents = price === undefined ? null : amountToCents(price)
      const { pool } = getPostgresAdapter(req.payload)
      const [stored, history, lastTry] = await Promise.all([
        findAnalysis(context, car.id),
        loadPrices(context, car.id),
        findLastTry(pool, 'analyse-vehicle', { car: car.id }),
      ])
      const position = evaluatePosition(stored, car, settings)
      const now = new Date()
      const sightings =
        stored &&
        (await loadCarSightings(context, car, stored, {
          position: settings.position,
          now,
          isComparable: await createTrimFilter(context, car, stored),
        }))
      const { id, title, status, trim, miles: mileage } = car
      const costCents = permissions.canSeeCost({ req }) ? car.costCents : null
      const daysOnMarket = car.listedAt === null ? null : countDays(car.listedAt, now)
      const answer: MarketAnswer = {
        car: { id, title, status, trim, price: centsToAmount(car.cents), mileage, daysOnMarket },
        analysis: stored &&
          sightings && {
            ...toAnalysisAnswer(stored, position, {
              verdict: position.judge(car.cents),
              sightings,
            }),
            advice: toAdviceAnswer(position, { ...settings, costCents }),
          },
        history,
        whatIf: cents === null ? null : { price: centsToAmount(cents), ...position.judge(cents) },
        bands: settings.bands,
        ...(lastTry && { lastTry }),
      }
      return MARKET_ANSWER.parse(answer)
    },
  })

function createPriceError({ price }: Record<string, unknown>): APIError {
  const shown = String(price).slice(0, 40)
  return new APIError(`The price must be an amount such as 24500 or 24500.50, not "${shown}".`, 400)
}

/** The market of a car by its last analysis, and how prices of ours compare with it. */
type MarketPosition = {
  tier: string | null
  figures: Figures | null
  judge: (cents: number) => Verdict
}

/** Evaluates the cars of a stored analysis for the car as it is now. */
export function evaluatePosition(
  stored: Pick<StoredAnalysis, 'comparables' | 'searched'> | null,
  car: Subject,
  { currency, bands }: AdviceSettings,
): MarketPosition {
  const { tier: name, old } = parseSearch(stored?.searched)
  const tier = name && describeTier(name, car)
  const sameTrim = name !== null && hasSameTrim(name)
  const figures =
    stored && computeCarFigures(parseComparables(stored.comparables), car, { sameTrim })
  return {
    tier,
    figures,
    judge: (cents) => judgePrice(figures, { cents, currency }, { bands, tier, old }),
  }
}

/** Creates the filter of the cars that an analysis compares with: our trim, if it goes by it. */
async function createTrimFilter(
  context: QueryContext,
  car: LotCar,
  stored: StoredAnalysis,
): Promise<(other: Pick<Listing, 'trim'>) => boolean> {
  const { tier } = parseSearch(stored.searched)
  if (tier === null || !hasSameTrim(tier)) return () => true
  const names = await loadTrimNames(context, car.make)
  const ours = normalizeTrim(car, names)
  return ({ trim }) => normalizeTrim({ ...car, trim }, names) === ours
}

function toAnalysisAnswer(
  { analysedAt, source, searched }: StoredAnalysis,
  { tier, figures }: MarketPosition,
  {
    verdict,
    sightings: { describeComparable, ...sightings },
  }: { verdict: Verdict; sightings: CarSightings },
): Omit<NonNullable<MarketAnswer['analysis']>, 'advice'> {
  const bins = computeDistribution(figures?.counted.map(({ cents }) => cents) ?? [])
  return {
    analysedAt,
    source,
    tier,
    figures: figures && toFiguresAnswer(figures),
    interval: figures?.interval ? toIntervalAnswer(figures.interval) : null,
    ...verdict,
    searched,
    distribution: bins.map(({ fromCents, toCents, cars }) => ({
      from: centsToAmount(fromCents),
      to: centsToAmount(toCents),
      cars,
    })),
    comparables: toComparableRows(figures).map((car) => ({ ...car, ...describeComparable(car) })),
    ...sightings,
  }
}

/** Suggests a price for each goal. Without a cost, because a reader may not know it, any price. */
export function toAdviceAnswer(
  { figures, judge }: MarketPosition,
  { bands, goal: usual, ...settings }: AdviceSettings & { costCents: number | null },
): NonNullable<MarketAnswer['analysis']>['advice'] {
  const suggest = (goal: Goal) => {
    const advice = suggestPrice(figures, { ...bands, ...settings, goal, allowBelowCost: false })
    if (!advice) return null
    const { cents, lowCents, highCents, sentence, belowCost } = advice
    const { rank, priceToMarket } = judge(cents)
    return {
      price: centsToAmount(cents),
      low: centsToAmount(lowCents),
      high: centsToAmount(highCents),
      sentence,
      belowCost,
      rank,
      priceToMarket,
    }
  }
  const [fast, market, margin] = [suggest('fast'), suggest('market'), suggest('margin')]
  return fast && market && margin && { goal: usual, fast, market, margin }
}

/** Converts an interval to decimals. */
export const toIntervalAnswer = ({ lowCents, highCents, level, method }: Interval) => ({
  low: centsToAmount(lowCents),
  high: centsToAmount(highCents),
  level,
  method,
})

/** Converts figures to decimals. */
export const toFiguresAnswer = (figures: Figures) => ({
  sampleSize: figures.sampleSize,
  outliers: figures.outliers,
  medianPrice: centsToAmount(figures.medianCents),
  minPrice: centsToAmount(figures.minCents),
  maxPrice: centsToAmount(figures.maxCents),
  expectedPrice: centsToAmount(figures.expectedCents),
  firstQuartilePrice: centsToAmount(figures.firstQuartileCents),
  thirdQuartilePrice: centsToAmount(figures.thirdQuartileCents),
  dollarsPer1000Miles: toDollarsPer1000Miles(figures),
  dollarsPerYear: toDollarsPerYear(figures),
})
