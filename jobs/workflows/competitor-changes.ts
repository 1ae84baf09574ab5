import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import type { LoadCompetitorChanges } from '../../plugins/market/options.ts'
import { loadRows, type QueryContext } from '../../plugins/market/store/query.ts'

/** The maximum number of cars that are listed for each kind of change. */
const MAX_CARS = 10

const CAR_ROW = z.object({
  title: z.string(),
  dealer: z.string(),
  cents: z.number().nullable(),
  miles: z.number().nullable(),
  url: z.string().nullable(),
  total: z.coerce.number(),
})
const REPRICED_ROW = CAR_ROW.extend({ previousCents: z.number() })

/**
 * Provides the market room with what competitors listed, repriced and sold in a period, from the
 * scraping room. Cars of makes and models that we have for sale come first. What the first run of a
 * competitor found is not new. The two rooms are independent; this is where they exchange data.
 */
export const loadCompetitorChanges: LoadCompetitorChanges = async (context, { since, until }) => {
  const price = sql`(car.price * 100)::float8 as cents`
  const prices = sql`
    (new_price.price * 100)::float8 as cents, (old_price.price * 100)::float8 as "previousCents"`
  return {
    listed: await loadCars(context, CAR_ROW, price, buildListed(since, until)),
    repriced: await loadCars(context, REPRICED_ROW, prices, buildRepriced(since, until)),
    sold: await loadCars(context, CAR_ROW, price, buildSold(since, until)),
  }
}

const buildListed = (since: string, until: string): SQL => sql`
  where car.is_sold is not true and car.first_seen_at > ${since} and car.first_seen_at <= ${until}
    and car.first_seen_at > (select min(stock.first_seen_at) from competitor_inventory stock
      where stock.competitor_id = car.competitor_id)`

/** Joins the last price of each car in the period and the last one before it. */
const buildRepriced = (since: string, until: string): SQL => sql`
  cross join lateral (select past.price from competitor_price_history past
    where past.competitor_inventory_id = car.id and past.recorded_at > ${since}
      and past.recorded_at <= ${until}
    order by past.recorded_at desc, past.id desc limit 1) new_price
  cross join lateral (select past.price from competitor_price_history past
    where past.competitor_inventory_id = car.id and past.recorded_at <= ${since}
    order by past.recorded_at desc, past.id desc limit 1) old_price
  where car.is_sold is not true and new_price.price <> old_price.price`

/**
 * A car counts as sold from the first run without it on, which is known only after a later one.
 * Nothing changes its row after that, so the time of that run is the row's.
 */
const buildSold = (since: string, until: string): SQL => sql`
  where car.is_sold and car.updated_at > ${since} and car.updated_at <= ${until}
    and car.sold_at > ${since}::timestamptz - interval '30 days'`

/** Returns the first cars of a statement, and how many there are. */
async function loadCars<Row extends z.output<typeof CAR_ROW>>(
  context: QueryContext,
  row: z.ZodType<Row>,
  prices: SQL,
  condition: SQL,
): Promise<{ count: number; cars: Row[] }> {
  const cars = await loadRows(
    context,
    row,
    sql`
      select coalesce(car.title, car.vin, 'A car') as title, competitors.name as dealer,
        car.mileage as miles, car.url, ${prices}, count(*) over () as total
      from competitor_inventory car join competitors on competitors.id = car.competitor_id
      ${condition}
      order by exists (select from inventory own where own.status = 'available'
          and ${normalize(sql`own.make`)} = ${normalize(sql`car.make`)}
          and ${normalize(sql`own.model`)} = ${normalize(sql`car.model`)}) desc,
        title, car.id
      limit ${MAX_CARS}`,
  )
  return { count: cars[0]?.total ?? 0, cars }
}

/** Normalizes a name as `normalizeName` does. */
const normalize = (name: SQL): SQL => sql`lower(regexp_replace(${name}, '[^[:alnum:]]', '', 'g'))`
