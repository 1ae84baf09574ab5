import { z } from 'zod'
import { createSql, type StoreContext } from './sql.ts'

const INSTANT = z.union([z.string(), z.date()]).transform((value) => new Date(value).toISOString())

const EVENT = z.object({
  at: INSTANT,
  kind: z.enum(['elsewhere', 'left']),
  details: z.string(),
  price: z.number().nullable(),
})

/** When a competitor listed a car with a VIN, and when it was no longer on their site. */
export async function listVinEvents(
  context: StoreContext,
  vin: string,
): Promise<z.output<typeof EVENT>[]> {
  const sql = createSql(context)
  const rows = await sql(
    `with car as (
      select found.*, competitors.name from competitor_inventory found
      join competitors on competitors.id = found.competitor_id where found.vin = $1)
    select coalesce(first_seen_at, created_at) as at, 'elsewhere' as kind, name as details,
      coalesce((select price from competitor_price_history history
        where history.competitor_inventory_id = car.id order by recorded_at limit 1),
        price)::float8 as price
    from car
    union all
    select sold_at, 'left', name, price::float8 from car where is_sold and sold_at is not null`,
    [vin],
  )
  return z.array(EVENT).parse(rows)
}
