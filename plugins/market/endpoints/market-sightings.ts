import type { Endpoint } from 'payload'
import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { integerInput } from '../../../src/domain/input-schemas.ts'
import { isSoldStay } from '../domain/sightings.ts'
import type { MarketSettings } from '../options.ts'
import { loadMarketHistory } from '../store/market-history.ts'
import { loadSoldPage } from '../store/stays.ts'
import {
  findDistanceProblem,
  MARKET_HISTORY,
  MARKET_QUERY,
  SOLD_CARS,
  toMarketCriteria,
  toSoldCar,
} from './sightings-schemas.ts'

const HISTORY_QUERY = MARKET_QUERY.extend({ by: z.enum(['week', 'month']).default('week') })
const SOLD_QUERY = MARKET_QUERY.extend({
  page: integerInput(1, 10_000).default(1),
  limit: integerInput(1, 100).default(50),
})

/**
 * GET /api/market/history?make=&model=: asking prices and supply of a market by week or month, from
 * the sightings of comparable cars. Begins with the first sighting of such a car.
 */
export const marketHistory = endpoint({
  method: 'get',
  path: '/market/history',
  summary: 'List the asking prices and the supply of a market by week or month, oldest first',
  access: callers.staff('market data'),
  query: HISTORY_QUERY,
  response: describeJson('The weeks or months.', MARKET_HISTORY),
  refusals: [400, 401, 403],
  handler: async ({ req }, { query }) => {
    const until = new Date()
    const periods = await loadMarketHistory({ payload: req.payload }, toMarketCriteria(query), {
      since: subtractDays(until, query.days),
      until,
      by: query.by,
    })
    return MARKET_HISTORY.parse({ periods })
  },
})

/**
 * GET /api/market/sold?make=&model=: the cars of a market that were sold, with their last asking
 * prices. A car counts as sold if two searches did not find it any more and no seller has it.
 */
export const createSoldEndpoint = ({ position }: Pick<MarketSettings, 'position'>): Endpoint =>
  endpoint({
    method: 'get',
    path: '/market/sold',
    summary: 'List the cars of a market that were sold with their last asking prices, newest first',
    access: callers.staff('market data'),
    query: SOLD_QUERY,
    response: describeJson('One page of sold cars.', SOLD_CARS),
    refusals: [400, 401, 403],
    handler: async ({ req }, { query }) => {
      const { page, limit, days } = query
      const until = new Date()
      const { stays, ...figures } = await loadSoldPage(
        { payload: req.payload },
        toMarketCriteria(query),
        { since: subtractDays(until, days), until, page, limit },
      )
      const docs = stays.filter(isSoldStay).map((stay) => toSoldCar(stay, position))
      const distanceProblem = findDistanceProblem(position)
      return SOLD_CARS.parse({ docs, page, limit, ...figures, distanceProblem })
    },
  })

const subtractDays = (until: Date, days: number): Date =>
  new Date(until.getTime() - days * 86_400_000)
