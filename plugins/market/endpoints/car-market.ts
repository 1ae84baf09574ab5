import { APIError } from 'payload'
import { z } from 'zod'
import { findLastTry } from '../../../jobs/last-try.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { dollarsToCents, centsToDollars } from '../domain/cents.ts'
import { computeDistribution } from '../domain/distribution.ts'
import { type Figures, computeFigures } from '../domain/figures.ts'
import { toComparableRows, parseComparables } from '../domain/stored-analysis.ts'
import { judgePrice } from '../domain/verdict.ts'
import { findAnalysis, type StoredAnalysis } from '../store/analyses.ts'
import type { LotCar } from '../store/cars.ts'
import { loadPrices } from '../store/prices.ts'
import { MARKET_ANSWER, type MarketAnswer } from './api-schemas.ts'
import { CAR_ID, createNoCarError, loadRequestedCar } from './requested-car.ts'

const PRICE = /^\d{1,8}(\.\d{1,2})?$/
const QUERY = z.object({
  price: z
    .string()
    .regex(PRICE)
    .refine((price) => Number(price) > 0)
    .optional()
    .describe('A dollar amount greater than 0, such as 24500 or 24500.50.'),
})

/**
 * GET /api/inventory/:id/market?price=: the market position of a car at its current price, computed
 * from the cars of its last analysis, and at another price if one is given. If the last analysis
 * failed, includes the reason and the time of the next try.
 */
export const carMarket = endpoint({
  method: 'get',
  path: '/:id/market',
  summary:
    'Where a car stands in the market at its price of now, and at another one that is asked ' +
    'about',
  access: callers.staff('market data'),
  params: CAR_ID,
  query: QUERY,
  inputErrors: { params: createNoCarError, query: createPriceError },
  response: describeJson('The market position.', MARKET_ANSWER),
  refusals: [400, 401, 403, 404],
  load: loadRequestedCar,
  handler: async ({ req, car }, { query: { price } }) => {
    const context = { payload: req.payload }
    const cents = price === undefined ? null : dollarsToCents(price)
    const { pool } = getPostgresAdapter(req.payload)
    const [stored, history, lastTry] = await Promise.all([
      findAnalysis(context, car.id),
      loadPrices(context, car.id),
      findLastTry(pool, 'analyse-vehicle', { car: car.id }),
    ])
    const figures = stored && computeFigures(parseComparables(stored.comparables), car.miles)
    const { id, title, status, miles: mileage } = car
    const answer: MarketAnswer = {
      car: { id, title, status, price: centsToDollars(car.cents), mileage },
      analysis: stored && toAnalysisAnswer(car, stored, figures),
      history,
      whatIf:
        cents === null ? null : { price: centsToDollars(cents), ...judgePrice(figures, cents) },
      ...(lastTry && { lastTry }),
    }
    return MARKET_ANSWER.parse(answer)
  },
})

function createPriceError({ price }: Record<string, unknown>): APIError {
  const shown = String(price).slice(0, 40)
  return new APIError(
    `The price must be a dollar amount such as 24500 or 24500.50, not "${shown}".`,
    400,
  )
}

function toAnalysisAnswer(
  car: LotCar,
  { analysedAt, source, searched }: StoredAnalysis,
  figures: Figures | null,
): MarketAnswer['analysis'] {
  const bins = computeDistribution(figures?.counted.map(({ cents }) => cents) ?? [])
  return {
    analysedAt,
    source,
    figures: figures && toFiguresAnswer(figures),
    ...judgePrice(figures, car.cents),
    searched,
    distribution: bins.map(({ fromCents, toCents, cars }) => ({
      from: centsToDollars(fromCents),
      to: centsToDollars(toCents),
      cars,
    })),
    comparables: toComparableRows(figures),
  }
}

/** Converts figures to dollars. */
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
  medianPrice: centsToDollars(medianCents),
  minPrice: centsToDollars(minCents),
  maxPrice: centsToDollars(maxCents),
  expectedPrice: centsToDollars(expectedCents),
  dollarsPer1000Miles: Math.round(centsPerMile * 1000) / 100,
})
