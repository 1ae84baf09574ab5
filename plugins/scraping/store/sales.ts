import type { Row, Sql } from './sql.ts'

/** Which sales: of one competitor, or of all; grouped by price into buckets of so many dollars. */
export type SalesQuery = {
  competitor: string | null
  months: number
  bucket: number
  now: Date
}

/**
 * Lists how many cars competitors sold in each of the past months, the current one included, as the
 * API returns them, oldest first. Months are in UTC. A car that moved to another competitor was not
 * sold.
 */
export const listSales = (
  sql: Sql,
  { competitor, months, bucket, now }: SalesQuery,
): Promise<Row[]> =>
  sql(
    `with sold as (
       select date_trunc('month', sold_at at time zone 'UTC') as month, price, days_on_market
       from competitor_inventory car left join competitor_absences on car_id = car.id
       where is_sold and moved_to is null and sold_at <= $1::timestamptz
         and ($2::uuid is null or competitor_id = $2)),
     periods as (
       select generate_series(current - make_interval(months => $3::int - 1), current,
         interval '1 month') as month
       from date_trunc('month', $1::timestamptz at time zone 'UTC') current)
     select to_char(periods.month, 'YYYY-MM') as month, count(sold.month)::int as sold,
       (count(sold.month) - count(price))::int as "withoutPrice",
       percentile_cont(0.5) within group (order by price) as "medianPrice",
       round(avg(days_on_market), 1)::float8 as "avgDaysOnMarket",
       (select coalesce(jsonb_agg(jsonb_build_object('from', step * $4::int,
           'to', (step + 1) * $4::int, 'sold', cars) order by step), '[]')
         from (select floor(price / $4::int)::int as step, count(*) as cars from sold
           where sold.month = periods.month and price is not null group by 1) steps) as buckets
     from periods left join sold on sold.month = periods.month
     group by periods.month order by periods.month`,
    [now.toISOString(), competitor, months, bucket],
  )
