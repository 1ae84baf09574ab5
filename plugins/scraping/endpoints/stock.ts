import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { integerInput } from '../../../src/domain/input-schemas.ts'
import {
  type CarAnswer,
  type MetricsAnswer,
  METRICS_HISTORY,
  type MetricsHistoryAnswer,
  PRICE_HISTORY,
  type PriceHistoryAnswer,
  STOCK,
  type StockAnswer,
} from './api-schemas.ts'
import { createPoolSql, formatInstantSql, ID, loadCompetitor } from './context.ts'

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
  response: describeJson('A page of the cars.', STOCK),
  refusals: [400, 401, 403, 404],
  load: loadCompetitor,
  handler: async ({ req, competitor: { id } }, { query: { sold, page, limit } }) => {
    const which = { true: 'is_sold', false: 'is_sold is not true', all: 'true' }[sold]
    const sql = createPoolSql(req)
    const [counted] = await sql<{ total: number }>(
      'select count(*)::int as total from competitor_inventory where competitor_id = $1 and ' +
        `${which}`,
      [id],
    )
    const docs = await sql<CarAnswer>(
      `select car.id, title, vin, stock_number as "stockNumber", year, make, model, trim,
        price::float8 as price, mileage, url, image_url as "imageUrl",
       ${formatInstantSql('first_seen_at')} as "firstSeenAt", ${formatInstantSql('last_seen_at')}
         as "lastSeenAt", days_on_market as "daysOnMarket", coalesce(is_sold, false) as "isSold",
       ${formatInstantSql('sold_at')} as "soldAt", ${formatInstantSql('missing_since')} as
         "missingSince", moved_to as "movedTo",
       coalesce((select jsonb_agg(jsonb_build_object('recordedAt',
         ${formatInstantSql('recorded_at')}, 'price', past.price::float8)
           order by recorded_at, past.id)
         from competitor_price_history past where past.competitor_inventory_id = car.id), '[]') as
           prices
     from competitor_inventory car left join competitor_absences on car_id = car.id
       where competitor_id = $1 and ${which}
     order by last_seen_at desc nulls last, car.id limit $2 offset $3`,
      [id, limit, (page - 1) * limit],
    )
    const answer: StockAnswer = { docs, total: counted?.total ?? 0, page, limit }
    return STOCK.parse(answer)
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
    const metrics = await createPoolSql(req)<MetricsAnswer>(
      `select ${formatInstantSql('calculated_at')} as "calculatedAt", total_inventory as
        "totalInventory", avg_price::float8 as "avgPrice",
       avg_days_on_market::float8 as "avgDaysOnMarket", vehicles_sold_30d as "vehiclesSold30d",
         price_changes_30d as "priceChanges30d",
       new_listings_30d as "newListings30d"
     from competitor_metrics where competitor_id = $1 and calculated_at > now() -
       make_interval(days => $2) order by calculated_at, id`,
      [id, days],
    )
    const answer: MetricsHistoryAnswer = { metrics }
    return METRICS_HISTORY.parse(answer)
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
    const [car] = await sql('select id from competitor_inventory where id = $1', [id])
    if (!car) throw new APIError('Not Found', 404)
    const prices = await sql<PriceHistoryAnswer['prices'][number]>(
      `select ${formatInstantSql('recorded_at')} as "recordedAt", price::float8 as price,
        min_price::float8 as "minPrice", mileage from competitor_price_history
     where competitor_inventory_id = $1 order by recorded_at, id`,
      [id],
    )
    const answer: PriceHistoryAnswer = { prices }
    return PRICE_HISTORY.parse(answer)
  },
})
