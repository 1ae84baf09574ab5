import type { Sql } from '../domain/runs.ts'

/** The longest that `avg_days_on_market`, a NUMERIC(5, 2), can say. */
const MOST_DAYS = 999.99

/**
 * Writes a competitor's figures as they are at a moment: of the cars on sale how many, for how much on average and since how many days;
 * of the 30 days before it how many were sold, repriced and new. A car that moved to another competitor was not sold.
 */
export async function saveFigures(sql: Sql, competitor: string, at: Date): Promise<void> {
  await sql(
    `insert into competitor_metrics (competitor_id, calculated_at, total_inventory, avg_price, avg_days_on_market, vehicles_sold_30d,
       price_changes_30d, new_listings_30d)
     select $1, $2, count(*) filter (where is_sold is not true), round(avg(price) filter (where is_sold is not true), 2),
       least(${MOST_DAYS}, round(avg(days_on_market) filter (where is_sold is not true), 2)),
       count(*) filter (where is_sold and moved_to is null and sold_at > $2::timestamptz - interval '30 days' and sold_at <= $2),
       (select count(*) from competitor_price_history now join competitor_inventory car on car.id = now.competitor_inventory_id
        where car.competitor_id = $1 and recorded_at > $2::timestamptz - interval '30 days' and recorded_at <= $2 and exists (
          select from competitor_price_history past
          where past.competitor_inventory_id = now.competitor_inventory_id and past.recorded_at < now.recorded_at)),
       count(*) filter (where first_seen_at > $2::timestamptz - interval '30 days' and first_seen_at <= $2)
     from competitor_inventory left join competitor_absences on car_id = id where competitor_id = $1`,
    [competitor, at.toISOString()],
  )
}
