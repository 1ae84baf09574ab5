import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { answer, competitorAt, forStaff, idOf, sqlOfPool } from './asking.ts'

const PRICE = z.object({ recordedAt: z.coerce.date(), price: z.coerce.number() })
const CAR = z.object({
  id: z.uuid(),
  title: z.string().nullable(),
  vin: z.string().nullable(),
  stockNumber: z.string().nullable(),
  year: z.number().nullable(),
  make: z.string().nullable(),
  model: z.string().nullable(),
  trim: z.string().nullable(),
  price: z.coerce.number().nullable(),
  mileage: z.number().nullable(),
  url: z.string().nullable(),
  imageUrl: z.string().nullable(),
  firstSeenAt: z.date().nullable(),
  lastSeenAt: z.date().nullable(),
  daysOnMarket: z.number().nullable(),
  isSold: z.boolean(),
  soldAt: z.date().nullable(),
  /** Since when whole runs have not found it; null while it is there. */
  missingSince: z.date().nullable(),
  /** The competitor that has it now. */
  movedTo: z.uuid().nullable(),
  /** What was asked for it, the first price first. */
  prices: z.array(PRICE),
})
const STOCK = z.strictObject({ docs: z.array(CAR), total: z.number(), page: z.number(), limit: z.number() })
const ASKED = z.object({
  sold: z.enum(['true', 'false', 'all']).default('false'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
const FIGURES = z.strictObject({
  metrics: z.array(
    z.object({
      calculatedAt: z.date(),
      totalInventory: z.number(),
      avgPrice: z.coerce.number().nullable(),
      avgDaysOnMarket: z.coerce.number().nullable(),
      vehiclesSold30d: z.number(),
      priceChanges30d: z.number(),
      newListings30d: z.number(),
    }),
  ),
})
const DAYS = z.object({ days: z.coerce.number().int().min(1).max(3650).default(90) })
const HISTORY = z.strictObject({
  prices: z.array(PRICE.extend({ minPrice: z.coerce.number().nullable(), mileage: z.number().nullable() })),
})

/** GET /api/competitors/:id/inventory?sold=false&page=1&limit=50: the cars of a competitor with their prices so far, the latest seen first. */
export const stockOf: Endpoint = {
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
    const docs = await sql<z.input<typeof CAR>>(
      `select car.id, title, vin, stock_number as "stockNumber", year, make, model, trim, price, mileage, url, image_url as "imageUrl",
         first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt", days_on_market as "daysOnMarket", coalesce(is_sold, false) as "isSold",
         sold_at as "soldAt", missing_since as "missingSince", moved_to as "movedTo",
         coalesce((select jsonb_agg(jsonb_build_object('recordedAt', recorded_at, 'price', past.price) order by recorded_at)
           from competitor_price_history past where past.competitor_inventory_id = car.id), '[]') as prices
       from competitor_inventory car left join competitor_absences on car_id = car.id where competitor_id = $1 and ${which}
       order by last_seen_at desc nulls last, car.id limit $2 offset $3`,
      [id, limit, (page - 1) * limit],
    )
    return answer(STOCK, { docs, total: counted?.total ?? 0, page, limit })
  }),
}

/** GET /api/competitors/:id/metrics?days=90: a competitor's figures over time, the oldest first. */
export const figuresOf: Endpoint = {
  path: '/:id/metrics',
  method: 'get',
  handler: forStaff('staff', async (req) => {
    const { days } = asked(req, DAYS)
    const { id } = await competitorAt(req)
    const metrics = await sqlOfPool(req)<z.input<typeof FIGURES>['metrics'][number]>(
      `select calculated_at as "calculatedAt", total_inventory as "totalInventory", avg_price as "avgPrice",
         avg_days_on_market as "avgDaysOnMarket", vehicles_sold_30d as "vehiclesSold30d", price_changes_30d as "priceChanges30d",
         new_listings_30d as "newListings30d"
       from competitor_metrics where competitor_id = $1 and calculated_at > now() - make_interval(days => $2) order by calculated_at`,
      [id, days],
    )
    return answer(FIGURES, { metrics })
  }),
}

/** GET /api/competitor-inventory/:id/price-history: what a competitor asked for a car, the first price first. */
export const pricesOf: Endpoint = {
  path: '/:id/price-history',
  method: 'get',
  handler: forStaff('staff', async (req) => {
    const id = idOf(req)
    const sql = sqlOfPool(req)
    const [car] = await sql('select id from competitor_inventory where id = $1', [id])
    if (!car) throw new APIError('Not Found', 404)
    const prices = await sql<z.input<typeof HISTORY>['prices'][number]>(
      `select recorded_at as "recordedAt", price, min_price as "minPrice", mileage from competitor_price_history
       where competitor_inventory_id = $1 order by recorded_at`,
      [id],
    )
    return answer(HISTORY, { prices })
  }),
}

/** What the query of an address asks for. Throws 400 with what would do. */
function asked<Schema extends z.ZodType>(req: PayloadRequest, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(req.query)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new APIError(`${issue?.path.join('.')} in the address can't be used: ${issue?.message}`, 400)
}
