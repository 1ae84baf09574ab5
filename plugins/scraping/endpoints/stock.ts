import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { integerInput } from '../../../src/domain/input-schemas.ts'
import {
  describeJson,
  describeRefusals,
  documentEndpoint,
} from '../../../src/api/openapi/operation.ts'
import {
  type CarAnswer,
  type MetricsAnswer,
  METRICS_HISTORY,
  PRICE_HISTORY,
  type PriceHistoryAnswer,
  STOCK,
} from './api-schemas.ts'
import {
  buildResponse,
  loadCompetitor,
  requireStaffRole,
  ID,
  parseId,
  formatInstantSql,
  createPoolSql,
} from './context.ts'

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
export const listStock: Endpoint = documentEndpoint(
  {
    summary: 'List the cars of a competitor with their price history, most recently seen first',
    audience: ['staff'],
    params: ID,
    query: STOCK_QUERY,
    responses: {
      200: describeJson('A page of the cars.', STOCK),
      ...describeRefusals(400, 401, 403, 404),
    },
  },
  {
    path: '/:id/inventory',
    method: 'get',
    handler: requireStaffRole('staff', async (req) => {
      const { sold, page, limit } = parseQuery(req, STOCK_QUERY)
      const { id } = await loadCompetitor(req)
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
      return buildResponse(STOCK, { docs, total: counted?.total ?? 0, page, limit })
    }),
  },
)

/**
 * GET /api/competitors/:id/metrics?days=90: the metrics of a competitor over time, oldest first.
 */
export const listMetrics: Endpoint = documentEndpoint(
  {
    summary: 'List the metrics of a competitor over time, oldest first',
    audience: ['staff'],
    params: ID,
    query: METRICS_QUERY,
    responses: {
      200: describeJson('The metrics.', METRICS_HISTORY),
      ...describeRefusals(400, 401, 403, 404),
    },
  },
  {
    path: '/:id/metrics',
    method: 'get',
    handler: requireStaffRole('staff', async (req) => {
      const { days } = parseQuery(req, METRICS_QUERY)
      const { id } = await loadCompetitor(req)
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
      return buildResponse(METRICS_HISTORY, { metrics })
    }),
  },
)

/**
 * GET /api/competitor-inventory/:id/price-history: the prices of a competitor's car over time,
 * oldest first.
 */
export const listPriceHistory: Endpoint = documentEndpoint(
  {
    summary: 'List the price history of a competitor’s car, oldest first',
    audience: ['staff'],
    params: ID,
    responses: {
      200: describeJson('The prices.', PRICE_HISTORY),
      ...describeRefusals(401, 403, 404),
    },
  },
  {
    path: '/:id/price-history',
    method: 'get',
    handler: requireStaffRole('staff', async (req) => {
      const id = parseId(req)
      const sql = createPoolSql(req)
      const [car] = await sql('select id from competitor_inventory where id = $1', [id])
      if (!car) throw new APIError('Not Found', 404)
      const prices = await sql<PriceHistoryAnswer['prices'][number]>(
        `select ${formatInstantSql('recorded_at')} as "recordedAt", price::float8 as price,
          min_price::float8 as "minPrice", mileage from competitor_price_history
       where competitor_inventory_id = $1 order by recorded_at, id`,
        [id],
      )
      return buildResponse(PRICE_HISTORY, { prices })
    }),
  },
)

/** Parses the query parameters. Throws 400 with the allowed values. */
function parseQuery<Schema extends z.ZodType>(
  req: PayloadRequest,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(req.query)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new APIError(`${issue?.path.join('.')} in the URL is not valid: ${issue?.message}`, 400)
}
