import type { Sql } from '../domain/runs.ts'

/** The longest that `avg_days_on_market`, a NUMERIC(5, 2), can say. */
const MAX_DAYS = 999.99

/**
 * Until when what was found is no news: the first moment that a car was seen and, where that is not
 * long ago, the end of the first reading that saw all of them. Readings are kept for 30 days, so an
 * older one is not looked for.
 */
const BASELINE = `(select case when began > $2::timestamptz - interval '30 days'
  then greatest(began, whole) else began end from (
    select (select min(first_seen_at) from competitor_inventory where competitor_id = $1) as began,
      least((select min(ended_at) from scrape_runs where competitor_id = $1 and state = 'applied'
        and complete),
        case when $3::boolean then $2::timestamptz end) as whole) as baseline)`

/**
 * Writes a competitor's figures as they are at a moment: of the cars on sale how many, for how much
 * on average and since how many days; of the 30 days before it how many were sold, repriced and
 * new. A car that moved to another competitor was not sold. What the first reading found stood
 * there before, and so did what was found until a first one was whole: it is never new. `complete`:
 * this one is.
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
