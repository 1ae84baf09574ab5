import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { ON_SHOW } from './on-show.ts'

/** How far the price of a similar car may be from the price of the car, in percent. */
export const PRICE_PERCENT = 30

const ROW = z.object({ id: z.string() })

/**
 * The ids of cars on show that are similar to a car: of the same body style, or of the same make if
 * it has none, and of a price near its own. Those of the same make and model come first, then the
 * newest on the lot.
 */
export async function listSimilarCars(
  db: Transaction['db'],
  id: string,
  limit: number,
): Promise<string[]> {
  const nearness = PRICE_PERCENT / 100
  const { rows } = await db.execute(sql`
    select other.id
    from inventory as car join inventory as other on other.id <> car.id
      and case when car.body_style <> '' then lower(other.body_style) = lower(car.body_style)
        else lower(other.make) = lower(car.make) end
      and other.price between car.price * (1 - ${nearness}::numeric)
        and car.price * (1 + ${nearness}::numeric)
    where car.id = ${id} and other.${ON_SHOW}
    order by lower(other.make) = lower(car.make) and lower(other.model) = lower(car.model) desc,
      other.listed_at desc nulls last, other.id
    limit ${limit}`)
  return z
    .array(ROW)
    .parse(rows)
    .map((row) => row.id)
}
