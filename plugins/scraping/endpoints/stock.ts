import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { integerInput } from '../../../src/domain/input-schemas.ts'
import { listMetricsSince } from '../store/metrics.ts'
import { createPoolSql } from '../store/sql.ts'
import { countStock, hasCar, listPrices, listStockPage } from '../store/stock-pages.ts'
import { METRICS_HISTORY, PRICE_HISTORY, STOCK } from './api-schemas.ts'
import { ID, loadCompetitor } from './context.ts'

const STOCK_QUERY = z.object({
  sold: z.enum(['true', 'false', 'all']).default('false'),
  page: integerInput(1, 10_000).default(1),
  limit: integerInput(1, 100).default(50),
})
const METRICS_QUERY = z.object({ days: integerInput(1, 3650).default(90) })

/**
 * GET /api/competitors/:id/inventory?sold=false&page=1&limit=50: the cars of a competitor with
 * their price history, most recently seen first.
 */
export const listStock = endpoint({
  method: 'get',
  path: '/:id/inventory',
  summary: 'List the cars of a competitor with their price history, most recently seen first',
  access: callers.staff('competitors'),
  params: ID,
  query: STOCK_QUERY,
  response: describeJson('One page of cars.', STOCK),
  refusals: [400, 401, 403, 404],
  load: loadCompetitor,
  handler: async ({ req, competitor: { id } }, { query: { sold, page, limit } }) => {
    const sql = createPoolSql(req)
    const total = await countStock(sql, id, sold)
    const docs = await listStockPage(sql, id, { sold, page, limit })
    return STOCK.parse({ docs, total, page, limit })
  },
})

/**
 * GET /api/competitors/:id/metrics?days=90: the metrics of a competitor over time, oldest first.
 */
export const listMetrics = endpoint({
  method: 'get',
  path: '/:id/metrics',
  summary: 'List the metrics of a competitor over time, oldest first',
  access: callers.staff('competitors'),
  params: ID,
  query: METRICS_QUERY,
  response: describeJson('The metrics.', METRICS_HISTORY),
  refusals: [400, 401, 403, 404],
  load: loadCompetitor,
  handler: async ({ req, competitor: { id } }, { query: { days } }) => {
    const metrics = await listMetricsSince(createPoolSql(req), id, days)
    return METRICS_HISTORY.parse({ metrics })
  },
})

/**
 * GET /api/competitor-inventory/:id/price-history: the prices of a competitor's car over time,
 * oldest first.
 */
export const listPriceHistory = endpoint({
  method: 'get',
  path: '/:id/price-history',
  summary: 'List the price history of a competitor’s car, oldest first',
  access: callers.staff('competitors'),
  params: ID,
  response: describeJson('The prices.', PRICE_HISTORY),
  refusals: [401, 403, 404],
  handler: async ({ req }, { params: { id } }) => {
    const sql = createPoolSql(req)
    if (!(await hasCar(sql, id))) throw new APIError('Not Found', 404)
    return PRICE_HISTORY.parse({ prices: await listPrices(sql, id) })
  },
})
