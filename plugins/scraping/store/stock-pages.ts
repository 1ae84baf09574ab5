import { formatInstantSql, type Row, type Sql } from './sql.ts'

/** Which cars of a competitor: the sold ones, the unsold ones, or both. */
export type StockFilter = 'true' | 'false' | 'all'

const CONDITIONS = { true: 'is_sold', false: 'is_sold is not true', all: 'true' }

/** Counts the cars of a competitor. */
export async function countStock(sql: Sql, competitor: string, sold: StockFilter): Promise<number> {
  const [counted] = await sql<{ total: number }>(
    'select count(*)::int as total from competitor_inventory where competitor_id = $1 and ' +
      CONDITIONS[sold],
    [competitor],
  )
  return counted?.total ?? 0
}

/**
 * Lists one page of a competitor's cars with their prices, as the API returns them, most recently
 * seen first. Pages count from 1.
 */
export function listStockPage(
  sql: Sql,
  competitor: string,
  { sold, page, limit }: { sold: StockFilter; page: number; limit: number },
): Promise<Row[]> {
  return sql(
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
       where competitor_id = $1 and ${CONDITIONS[sold]}
     order by last_seen_at desc nulls last, car.id limit $2 offset $3`,
    [competitor, limit, (page - 1) * limit],
  )
}

/** Whether a competitor has or had a car with this ID. */
export async function hasCar(sql: Sql, id: string): Promise<boolean> {
  const [car] = await sql('select id from competitor_inventory where id = $1', [id])
  return car !== undefined
}

/** Lists the prices of a competitor's car as the API returns them, oldest first. */
export const listPrices = (sql: Sql, car: string): Promise<Row[]> =>
  sql(
    `select ${formatInstantSql('recorded_at')} as "recordedAt", price::float8 as price,
        min_price::float8 as "minPrice", mileage from competitor_price_history
     where competitor_inventory_id = $1 order by recorded_at, id`,
    [car],
  )
