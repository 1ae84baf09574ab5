import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

/** How long a sold car is listed. */
export const SOLD_DAYS = 30

const SOLD_CAR = z.object({
  year: z.number(),
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable(),
  photo: z.string().nullable(),
  soldOn: z.string(),
})

/** A car that was sold, without what identifies it: no VIN, no price, no buyer. */
export type SoldCar = z.infer<typeof SOLD_CAR>

/** The cars that were sold in the last 30 days, latest first, with the day in a time zone. */
export async function listRecentlySold(
  db: Transaction['db'],
  { timeZone, limit }: { timeZone: string; limit: number },
): Promise<SoldCar[]> {
  const { rows } = await db.execute(sql`
    select year, make, model, "trim",
      case when jsonb_typeof(images) = 'array' then images ->> 0 end as photo,
      to_char(sold_at at time zone ${timeZone}, 'YYYY-MM-DD') as "soldOn"
    from inventory
    where status = 'sold' and sold_at between now() - make_interval(days => ${SOLD_DAYS}) and now()
    order by sold_at desc, id limit ${limit}`)
  return z.array(SOLD_CAR).parse(rows)
}
