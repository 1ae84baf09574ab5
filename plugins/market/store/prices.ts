import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Figures } from '../domain/figures.ts'
import type { LotCar } from './cars.ts'
import { INSTANT, loadRows, type QueryContext, toDecimal, writeRows } from './query.ts'

/**
 * Adds our price and the market's to the history. Replaces a row of the same price and UTC day;
 * `now` is an instant in ISO 8601.
 */
export async function saveMarketPrices(
  context: QueryContext,
  car: LotCar,
  figures: Figures,
  now: string,
): Promise<void> {
  const ours = toDecimal(car.cents)
  await writeRows(
    context,
    sql`
      delete from market_price_history
      where inventory_id = ${car.id} and sample_size is not null and our_price = ${ours}
        and recorded_at >= date_trunc('day', ${now}::timestamptz)
        and recorded_at < date_trunc('day', ${now}::timestamptz) + interval '1 day'`,
  )
  await writeRows(
    context,
    sql`
      insert into market_price_history
        (inventory_id, our_price, median_market_price, min_market_price, sample_size, recorded_at)
      values (${car.id}, ${ours}, ${toDecimal(figures.medianCents)},
        ${toDecimal(figures.minCents)}, ${figures.sampleSize}, ${now})`,
  )
}

const PRICE_ROW = z.object({
  recordedAt: INSTANT,
  ourPrice: z.number(),
  medianMarketPrice: z.number().nullable(),
  minMarketPrice: z.number().nullable(),
  sampleSize: z.number().nullable(),
})

/** A row of the price history, in dollars: our price and, if analyzed, the market's. */
type PricePoint = z.output<typeof PRICE_ROW>

/**
 * Returns the latest prices of a car and its market, oldest first: those of its analyses, and the
 * changes of its price. A change has no market prices, which are unknown at that time.
 */
export async function loadPrices(
  context: QueryContext,
  car: string,
  limit = 200,
): Promise<PricePoint[]> {
  const rows = await loadRows(
    context,
    PRICE_ROW,
    sql`
      select recorded_at as "recordedAt", our_price::float8 as "ourPrice",
        median_market_price::float8 as "medianMarketPrice",
        min_market_price::float8 as "minMarketPrice", sample_size as "sampleSize", id
      from market_price_history where inventory_id = ${car}
      union all
      select changed_at, to_price::float8, null, null, null, id
      from price_changes where inventory_id = ${car}
      order by "recordedAt" desc, id limit ${limit}`,
  )
  return rows.toReversed()
}
