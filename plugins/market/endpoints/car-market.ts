import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { findLastTry } from '../../../jobs/last-try.ts'
import { NO_STORE } from '../../../src/access/for-staff.ts'
import { postgresOf } from '../../../src/database/transaction.ts'
import { json, refusals, stated } from '../../../src/openapi/operation.ts'
import { centsOf, dollarsOf } from '../domain/cents.ts'
import { distributionOf } from '../domain/distribution.ts'
import { type Figures, figuresOf } from '../domain/figures.ts'
import { comparableRows, comparablesIn } from '../domain/stored.ts'
import { verdictOf } from '../domain/verdict.ts'
import { analysisOfCar, type LotCar, pricesOf, type StoredAnalysis } from '../store.ts'
import { MARKET_ANSWER, type MarketAnswer } from './answers.ts'
import { CAR_ID, carAt, forStaff } from './asking.ts'

const PRICE = /^\d{1,8}(\.\d{1,2})?$/
const ASKED = z.object({ price: z.string().regex(PRICE).optional().describe('Dollars such as 24500 or 24500.50, more than 0.') })

/**
 * GET /api/inventory/:id/market?price=: where a car stands in the market, reckoned from the cars of its last analysis at the price that it
 * has now, and at another one where it is asked about. Where the last try to compare it failed, why, and when the next one comes.
 */
export const carMarket: Endpoint = stated(
  {
    summary: 'Where a car stands in the market at its price of now, and at another one that is asked about',
    askers: ['staff'],
    params: CAR_ID,
    query: ASKED,
    answers: { 200: json('Where it stands.', MARKET_ANSWER), ...refusals(400, 401, 403, 404) },
  },
  {
    path: '/:id/market',
    method: 'get',
    handler: forStaff(async (req) => {
      const asked = { payload: req.payload }
      const [car, cents] = [await carAt(req), askedPrice(req)]
      const { pool } = postgresOf(req.payload)
      const [stored, history, lastTry] = await Promise.all([
        analysisOfCar(asked, car.id),
        pricesOf(asked, car.id),
        findLastTry(pool, 'analyse-vehicle', { car: car.id }),
      ])
      const figures = stored && figuresOf(comparablesIn(stored.comparables), car.miles)
      const { id, title, status, miles: mileage } = car
      const answer: MarketAnswer = {
        car: { id, title, status, price: dollarsOf(car.cents), mileage },
        analysis: stored && analysisAnswer(car, stored, figures),
        history,
        whatIf: cents === null ? null : { price: dollarsOf(cents), ...verdictOf(figures, cents) },
        ...(lastTry && { lastTry }),
      }
      return Response.json(MARKET_ANSWER.parse(answer), { headers: NO_STORE })
    }),
  },
)

/** The price of the question in cents; null where none is asked about. */
function askedPrice({ searchParams }: PayloadRequest): number | null {
  const said = searchParams.get('price')
  if (said === null) return null
  if (PRICE.test(said) && Number(said) > 0) return centsOf(said)
  throw new APIError(`The price has to be dollars such as 24500 or 24500.50, not "${said.slice(0, 40)}".`, 400)
}

function analysisAnswer(
  car: LotCar,
  { analysedAt, source, searched }: StoredAnalysis,
  figures: Figures | null,
): MarketAnswer['analysis'] {
  const bins = distributionOf(figures?.counted.map(({ cents }) => cents) ?? [])
  return {
    ...{ analysedAt, source, figures: figures && figuresAnswer(figures), ...verdictOf(figures, car.cents), searched },
    distribution: bins.map(({ fromCents, toCents, cars }) => ({ from: dollarsOf(fromCents), to: dollarsOf(toCents), cars })),
    comparables: comparableRows(figures),
  }
}

/** Figures in dollars. */
export const figuresAnswer = ({
  sampleSize,
  outliers,
  medianCents,
  minCents,
  maxCents,
  expectedCents,
  centsPerMile,
}: Figures) => ({
  ...{ sampleSize, outliers, medianPrice: dollarsOf(medianCents), minPrice: dollarsOf(minCents), maxPrice: dollarsOf(maxCents) },
  ...{ expectedPrice: dollarsOf(expectedCents), dollarsPer1000Miles: Math.round(centsPerMile * 1000) / 100 },
})
