import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { type Baseline, countSupply } from '../domain/alert-measure.ts'
import type { Figures } from '../domain/figures.ts'
import type { LotCar } from './cars.ts'
import { INSTANT, loadRows, type QueryContext, toDecimal, writeRows } from './query.ts'

/**
 * Adds our price and the market's to the history. Replaces a row of the same price and UTC day;
 * `now` is an instant in ISO 8601, and `tier` is how closely the compared cars match ours.
 */
export async function saveMarketPrices(
  context: QueryContext,
  car: LotCar,
  figures: Figures,
  { tier, now }: { tier: string; now: string },
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
        (inventory_id, our_price, median_market_price, min_market_price, sample_size,
        expected_price, supply, tier, recorded_at)
      values (${car.id}, ${ours}, ${toDecimal(figures.medianCents)},
        ${toDecimal(figures.minCents)}, ${figures.sampleSize}, ${toDecimal(figures.expectedCents)},
        ${countSupply(figures)}, ${tier}, ${now})`,
  )
}

const BASELINE_ROW = z.object({
  medianCents: z.number(),
  supply: z.number().nullable(),
  recordedAt: INSTANT,
})

/** Returns the oldest market of a car in the same tier since a time; null if there is none. */
export async function findBaseline(
  context: QueryContext,
  car: LotCar,
  { tier, since }: { tier: string; since: string },
): Promise<Baseline | null> {
  const [baseline] = await loadRows(
    context,
    BASELINE_ROW,
    sql`
      select (median_market_price * 100)::float8 as "medianCents", supply,
        recorded_at as "recordedAt"
      from market_price_history
      where inventory_id = ${car.id} and tier = ${tier} and median_market_price is not null
        and recorded_at >= ${since}
      order by recorded_at, id limit 1`,
  )
  return baseline ?? null
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
