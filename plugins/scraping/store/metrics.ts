import { formatInstantSql, type Row, type Sql } from './sql.ts'

/** The maximum of `avg_days_on_market`, a NUMERIC(5, 2). */
const MAX_DAYS = 999.99

/**
 * The time up to which found cars do not count as new: when a car was first seen or, if that is
 * less than 30 days ago, the end of the first complete run. Runs are kept for 30 days, so older
 * ones are not considered.
 */
const BASELINE = `(select case when began > $2::timestamptz - interval '30 days'
  then greatest(began, whole) else began end from (
    select (select min(first_seen_at) from competitor_inventory where competitor_id = $1) as began,
      least((select min(ended_at) from scrape_runs where competitor_id = $1 and state = 'applied'
        and complete),
        case when $3::boolean then $2::timestamptz end) as whole) as baseline)`

/**
 * Saves the metrics of a competitor at one time: the number, average price and average age in days
 * of the cars on sale; and how many cars were sold, repriced and new in the 30 days before. A car
 * that moved to another competitor was not sold. Cars that were found until the end of the first
 * complete run may have been there before, so they are never new. `complete` is whether the current
 * run is complete.
 */
export async function saveMetrics(
  sql: Sql,
  { competitor, at, complete }: { competitor: string; at: Date; complete: boolean },
): Promise<void> {
  await sql(
    `insert into competitor_metrics (competitor_id, calculated_at, total_inventory, avg_price,
      avg_days_on_market, vehicles_sold_30d,
       price_changes_30d, new_listings_30d)
     select $1, $2, count(*) filter (where is_sold is not true), round(avg(price) filter (where
       is_sold is not true), 2),
       least(${MAX_DAYS}, round(avg(days_on_market) filter (where is_sold is not true), 2)),
       count(*) filter (where is_sold and moved_to is null and sold_at > $2::timestamptz - interval
         '30 days' and sold_at <= $2),
       (select count(*) from competitor_price_history now join competitor_inventory car on car.id =
         now.competitor_inventory_id
        where car.competitor_id = $1 and recorded_at > $2::timestamptz - interval '30 days'
          and recorded_at <= $2 and exists (
          select from competitor_price_history past
          where past.competitor_inventory_id = now.competitor_inventory_id
            and past.recorded_at < now.recorded_at)),
       count(*) filter (where first_seen_at > $2::timestamptz - interval '30 days'
         and first_seen_at <= $2 and first_seen_at > ${BASELINE})
     from competitor_inventory left join competitor_absences on car_id = id
       where competitor_id = $1`,
    [competitor, at.toISOString(), complete],
  )
}

/**
 * Lists the metrics of a competitor since `days` days ago as the API returns them, oldest first.
 */
export const listMetricsSince = (sql: Sql, competitor: string, days: number): Promise<Row[]> =>
  sql(
    `select ${formatInstantSql('calculated_at')} as "calculatedAt", total_inventory as
        "totalInventory", avg_price::float8 as "avgPrice",
       avg_days_on_market::float8 as "avgDaysOnMarket", vehicles_sold_30d as "vehiclesSold30d",
         price_changes_30d as "priceChanges30d",
       new_listings_30d as "newListings30d"
     from competitor_metrics where competitor_id = $1 and calculated_at > now() -
       make_interval(days => $2) order by calculated_at, id`,
    [competitor, days],
  )
