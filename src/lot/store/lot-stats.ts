import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../database/transaction.ts'

/** The past days whose sales count for the turn. */
export const SALES_DAYS = 90

const COUNT = z.coerce.number()
const STATS = z.object({
  available: COUNT,
  pending: COUNT,
  hold: COUNT,
  sold: COUNT,
  value: z.number(),
  cost: z.number(),
  withoutCost: COUNT,
  to30: COUNT,
  to60: COUNT,
  to90: COUNT,
  over90: COUNT,
  value30: z.number(),
  value60: z.number(),
  value90: z.number(),
  valueOver90: z.number(),
  soldLately: COUNT,
  averageStock: z.number(),
  averageDaysToSell: z.number().nullable(),
})

/** What the lot holds and sells, in numbers; amounts are decimals. */
export type StoredStats = z.output<typeof STATS>

/**
 * Computes the figures of the lot. The stock is every car that is not sold, its age in the days of
 * the dealership, an IANA time zone. What was sold in the last `days` days counts as sold lately;
 * the average stock is that of the same days.
 */
export async function loadLotStats(
  req: Pick<PayloadRequest, 'payload' | 'transactionID'>,
  { days, timeZone }: { days: number; timeZone: string },
): Promise<StoredStats> {
  const { db } = getTransaction(req)
  const toDay = (column: string) => sql`(${sql.raw(column)} at time zone ${timeZone}::text)::date`
  const since = sql`now() - ${days} * interval '1 day'`
  const { rows } = await db.execute(sql`
    with cars as (
      select status, price, cost, sold_at, listed_at, status <> 'sold' as in_stock,
        ${toDay('now()')} - ${toDay('coalesce(listed_at, created_at)')} as age,
        ${toDay('sold_at')} - ${toDay('listed_at')} as days_to_sell,
        status = 'sold' and sold_at >= ${since} as sold_lately
      from inventory)
    select
      count(*) filter (where status = 'available') as available,
      count(*) filter (where status = 'pending') as pending,
      count(*) filter (where status = 'hold') as hold,
      count(*) filter (where status = 'sold') as sold,
      coalesce(sum(price) filter (where in_stock), 0)::float8 as value,
      coalesce(sum(cost) filter (where in_stock), 0)::float8 as cost,
      count(*) filter (where in_stock and cost is null) as "withoutCost",
      count(*) filter (where in_stock and age <= 30) as "to30",
      count(*) filter (where in_stock and age between 31 and 60) as "to60",
      count(*) filter (where in_stock and age between 61 and 90) as "to90",
      count(*) filter (where in_stock and age > 90) as "over90",
      coalesce(sum(price) filter (where in_stock and age <= 30), 0)::float8 as "value30",
      coalesce(sum(price) filter (where in_stock and age between 31 and 60), 0)::float8
        as "value60",
      coalesce(sum(price) filter (where in_stock and age between 61 and 90), 0)::float8
        as "value90",
      coalesce(sum(price) filter (where in_stock and age > 90), 0)::float8 as "valueOver90",
      count(*) filter (where sold_lately) as "soldLately",
      coalesce(sum(extract(epoch from
        least(now(), case when in_stock then now() else sold_at end)
        - greatest(listed_at, ${since})))
        filter (where listed_at is not null
          and (in_stock or sold_at > greatest(listed_at, ${since}))), 0)::float8
        / 86400 / ${days} as "averageStock",
      avg(days_to_sell) filter (where sold_lately)::float8 as "averageDaysToSell"
    from cars`)
  return STATS.parse(rows[0])
}
