import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { findLastTry } from '../../../jobs/last-try.ts'
import { NO_STORE } from '../../../src/access/staff-check.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
} from '../../../src/api/openapi/operation.ts'
import { amountToCents, centsToAmount, type Money } from '../../../src/domain/money.ts'
import { computeDistribution } from '../domain/distribution.ts'
import { type Figures, computeFigures } from '../domain/figures.ts'
import { toComparableRows, parseComparables } from '../domain/stored-analysis.ts'
import type { MarketSettings } from '../options.ts'
import { judgePrice } from '../domain/verdict.ts'
import { findAnalysis, loadPrices, type StoredAnalysis } from '../store.ts'
import { MARKET_ANSWER, type MarketAnswer } from './api-schemas.ts'
import { CAR_ID, getRequestedCar, requireMarketStaff } from './auth.ts'

const PRICE = /^\d{1,8}(\.\d{1,2})?$/
const buildQuery = (currency: string) =>
  z.object({
    price: z
      .string()
      .regex(PRICE)
      .optional()
      .describe(`An amount in ${currency} greater than 0, such as 24500 or 24500.50.`),
  })

/**
 * GET /api/inventory/:id/market?price=: the market position of a car at its current price, computed
 * from the cars of its last analysis, and at another price if one is given. If the last analysis
 * failed, includes the reason and the time of the next try.
 */
export const createCarMarketEndpoint = ({ currency }: Pick<MarketSettings, 'currency'>): Endpoint =>
  documentEndpoint(
    {
      summary:
        'The market position of a car at its current price, and at another price if one is given',
      audience: ['staff'],
      params: CAR_ID,
      query: buildQuery(currency),
      responses: {
        200: describeJson('The market position.', MARKET_ANSWER),
        ...describeRefusals(400, 401, 403, 404),
      },
    },
    {
      path: '/:id/market',
      method: 'get',
      handler: requireMarketStaff(async (req) => {
        const context = { payload: req.payload }
        const [car, cents] = [await getRequestedCar(req), parsePrice(req)]
        const { pool } = getPostgresAdapter(req.payload)
        const [stored, history, lastTry] = await Promise.all([
          findAnalysis(context, car.id),
          loadPrices(context, car.id),
          findLastTry(pool, 'analyse-vehicle', { car: car.id }),
        ])
        const figures = stored && computeFigures(parseComparables(stored.comparables), car.miles)
        const { id, title, status, miles: mileage } = car
        const answer: MarketAnswer = {
          car: { id, title, status, price: centsToAmount(car.cents), mileage },
          analysis: stored && toAnalysisAnswer({ cents: car.cents, currency }, stored, figures),
          history,
          whatIf:
            cents === null
              ? null
              : { price: centsToAmount(cents), ...judgePrice(figures, { cents, currency }) },
          ...(lastTry && { lastTry }),
        }
        return Response.json(MARKET_ANSWER.parse(answer), { headers: NO_STORE })
      }),
    },
  )

/**
 * Returns the price of the query in cents; null if there is none. Throws 400 if it is not an
 * amount.
 */
function parsePrice({ searchParams }: PayloadRequest): number | null {
  const raw = searchParams.get('price')
  if (raw === null) return null
  if (PRICE.test(raw) && Number(raw) > 0) return amountToCents(raw)
  throw new APIError(
    `The price must be an amount such as 24500 or 24500.50, not "${raw.slice(0, 40)}".`,
    400,
  )
}

function toAnalysisAnswer(
  price: Money,
  { analysedAt, source, searched }: StoredAnalysis,
  figures: Figures | null,
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
    comparables: toComparableRows(figures),
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
