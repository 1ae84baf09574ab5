import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { writtenWhole } from '../../../src/domain/written-schema.ts'
import { json, refusals, stated } from '../../../src/openapi/operation.ts'
import { type CarAnswer, type FigureAnswer, FIGURES, HISTORY, type HistoryAnswer, STOCK } from './answers.ts'
import { answer, competitorAt, forStaff, ID, idOf, instant, sqlOfPool } from './asking.ts'

const ASKED = z.object({
  sold: z.enum(['true', 'false', 'all']).default('false'),
  page: writtenWhole(1, 10_000).default(1),
  limit: writtenWhole(1, 100).default(50),
})
const DAYS = z.object({ days: writtenWhole(1, 3650).default(90) })

/**
 * GET /api/competitors/:id/inventory?sold=false&page=1&limit=50: the cars of a competitor with their prices so far, the latest seen first.
 */
export const stockOf: Endpoint = stated(
  {
    summary: 'The cars of a competitor with their prices so far, the latest seen first',
    askers: ['staff'],
    params: ID,
    query: ASKED,
    answers: { 200: json('A page of the cars.', STOCK), ...refusals(400, 401, 403, 404) },
  },
  {
    path: '/:id/inventory',
    method: 'get',
    handler: forStaff('staff', async (req) => {
      const { sold, page, limit } = asked(req, ASKED)
      const { id } = await competitorAt(req)
      const which = { true: 'is_sold', false: 'is_sold is not true', all: 'true' }[sold]
      const sql = sqlOfPool(req)
      const [counted] = await sql<{ total: number }>(
        `select count(*)::int as total from competitor_inventory where competitor_id = $1 and ${which}`,
        [id],
      )
      const docs = await sql<CarAnswer>(
        `select car.id, title, vin, stock_number as "stockNumber", year, make, model, trim, price::float8 as price, mileage, url, image_url as "imageUrl",
         ${instant('first_seen_at')} as "firstSeenAt", ${instant('last_seen_at')} as "lastSeenAt", days_on_market as "daysOnMarket", coalesce(is_sold, false) as "isSold",
         ${instant('sold_at')} as "soldAt", ${instant('missing_since')} as "missingSince", moved_to as "movedTo",
         coalesce((select jsonb_agg(jsonb_build_object('recordedAt', ${instant('recorded_at')}, 'price', past.price::float8) order by recorded_at, past.id)
           from competitor_price_history past where past.competitor_inventory_id = car.id), '[]') as prices
       from competitor_inventory car left join competitor_absences on car_id = car.id where competitor_id = $1 and ${which}
       order by last_seen_at desc nulls last, car.id limit $2 offset $3`,
        [id, limit, (page - 1) * limit],
      )
      return answer(STOCK, { docs, total: counted?.total ?? 0, page, limit })
    }),
  },
)

/** GET /api/competitors/:id/metrics?days=90: a competitor's figures over time, the oldest first. */
export const figuresOf: Endpoint = stated(
  {
    summary: 'A competitor’s figures over time, the oldest first',
    askers: ['staff'],
    params: ID,
    query: DAYS,
    answers: { 200: json('The figures.', FIGURES), ...refusals(400, 401, 403, 404) },
  },
  {
    path: '/:id/metrics',
    method: 'get',
    handler: forStaff('staff', async (req) => {
      const { days } = asked(req, DAYS)
      const { id } = await competitorAt(req)
      const metrics = await sqlOfPool(req)<FigureAnswer>(
        `select ${instant('calculated_at')} as "calculatedAt", total_inventory as "totalInventory", avg_price::float8 as "avgPrice",
         avg_days_on_market::float8 as "avgDaysOnMarket", vehicles_sold_30d as "vehiclesSold30d", price_changes_30d as "priceChanges30d",
         new_listings_30d as "newListings30d"
       from competitor_metrics where competitor_id = $1 and calculated_at > now() - make_interval(days => $2) order by calculated_at, id`,
        [id, days],
      )
      return answer(FIGURES, { metrics })
    }),
  },
)

/** GET /api/competitor-inventory/:id/price-history: what a competitor asked for a car, the first price first. */
export const pricesOf: Endpoint = stated(
  {
    summary: 'What a competitor asked for a car, the first price first',
    askers: ['staff'],
    params: ID,
    answers: { 200: json('The prices.', HISTORY), ...refusals(401, 403, 404) },
  },
  {
    path: '/:id/price-history',
    method: 'get',
    handler: forStaff('staff', async (req) => {
      const id = idOf(req)
      const sql = sqlOfPool(req)
      const [car] = await sql('select id from competitor_inventory where id = $1', [id])
      if (!car) throw new APIError('Not Found', 404)
      const prices = await sql<HistoryAnswer['prices'][number]>(
        `select ${instant('recorded_at')} as "recordedAt", price::float8 as price, min_price::float8 as "minPrice", mileage from competitor_price_history
       where competitor_inventory_id = $1 order by recorded_at, id`,
        [id],
      )
      return answer(HISTORY, { prices })
    }),
  },
)

/** What the query of an address asks for. Throws 400 with what would do. */
function asked<Schema extends z.ZodType>(req: PayloadRequest, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(req.query)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new APIError(`${issue?.path.join('.')} in the address can't be used: ${issue?.message}`, 400)
}
