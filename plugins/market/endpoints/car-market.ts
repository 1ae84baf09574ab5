import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { findLastTry } from '../../../jobs/last-try.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { amountToCents, centsToAmount, type Money } from '../../../src/domain/money.ts'
import { computeDistribution } from '../domain/distribution.ts'
import { type Figures, computeFigures } from '../domain/figures.ts'
import { countDays } from '../domain/sightings.ts'
import { toComparableRows, parseComparables } from '../domain/stored-analysis.ts'
import type { MarketSettings } from '../options.ts'
import { judgePrice } from '../domain/verdict.ts'
import { findAnalysis, type StoredAnalysis } from '../store/analyses.ts'
import { loadPrices } from '../store/prices.ts'
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

/**
 * GET /api/inventory/:id/market?price=: the market position of a car at its current price, computed
 * from the cars of its last analysis, and at another price if one is given. If the last analysis
 * failed, includes the reason and the time of the next try.
 */
export const createCarMarketEndpoint = ({
  currency,
  position,
}: Pick<MarketSettings, 'currency' | 'position'>): Endpoint =>
  endpoint({
    method: 'get',
    path: '/:id/market',
    summary:
      'The market position of a car at its current price, and at another price if one is given',
    access: callers.staff('market data'),
    params: CAR_ID,
    query: buildQuery(currency),
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
      const figures = stored && computeFigures(parseComparables(stored.comparables), car.miles)
      const now = new Date()
      const sightings = stored && (await loadCarSightings(context, car, stored, { position, now }))
      const { id, title, status, miles: mileage } = car
      const daysOnMarket = car.listedAt === null ? null : countDays(car.listedAt, now)
      const answer: MarketAnswer = {
        car: { id, title, status, price: centsToAmount(car.cents), mileage, daysOnMarket },
        analysis:
          stored &&
          sightings &&
          toAnalysisAnswer({ cents: car.cents, currency }, stored, figures, sightings),
        history,
        whatIf:
          cents === null
            ? null
            : { price: centsToAmount(cents), ...judgePrice(figures, { cents, currency }) },
        ...(lastTry && { lastTry }),
      }
      return MARKET_ANSWER.parse(answer)
    },
  })

function createPriceError({ price }: Record<string, unknown>): APIError {
  const shown = String(price).slice(0, 40)
  return new APIError(`The price must be an amount such as 24500 or 24500.50, not "${shown}".`, 400)
}

function toAnalysisAnswer(
  price: Money,
  { analysedAt, source, searched }: StoredAnalysis,
  figures: Figures | null,
  { describeComparable, ...sightings }: CarSightings,
): MarketAnswer['analysis'] {
  const bins = computeDistribution(figures?.counted.map(({ cents }) => cents) ?? [])
  return {
    analysedAt,
    source,
    figures: figures && toFiguresAnswer(figures),
    ...judgePrice(figures, price),
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

/** Converts figures to decimals. */
export const toFiguresAnswer = ({
  sampleSize,
  outliers,
  medianCents,
  minCents,
  maxCents,
  expectedCents,
  centsPerMile,
}: Figures) => ({
  sampleSize,
  outliers,
  medianPrice: centsToAmount(medianCents),
  minPrice: centsToAmount(minCents),
  maxPrice: centsToAmount(maxCents),
  expectedPrice: centsToAmount(expectedCents),
  dollarsPer1000Miles: Math.round(centsPerMile * 1000) / 100,
})
