import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { toJsonText } from '../../src/database/json-text.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import type { Analysis } from './domain/analysis.ts'
import { centsToDollars } from './domain/cents.ts'
import type { Figures } from './domain/figures.ts'
import { isBrandedTitle, type Subject } from './domain/listing.ts'
import { toComparableRows, type SearchRow } from './domain/stored-analysis.ts'
import type { Recommendation } from './domain/verdict.ts'

/** What is read and written with: the transaction of a request, or the pool where it has none. */
export type QueryContext = Pick<PayloadRequest, 'payload' | 'transactionID'>

/** A car of the lot as the market looks at it. */
export type LotCar = Subject & {
  id: string
  title: string
  status: string
  cents: number
  miles: number
}

/**
 * The car of this id; null where there is none. `hold` keeps it as it is until the transaction has
 * ended.
 */
export async function findCar(
  context: QueryContext,
  id: string,
  { hold: lock = false } = {},
): Promise<LotCar | null> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select id, coalesce(title, vin) as title, status, vin, year, make, model, mileage, (price *
      100)::float8 as cents, title_status
    from inventory where id = ${id} ${lock ? sql`for no key update` : sql``}`)
  const [row] = rows as (Omit<LotCar, 'miles' | 'branded'> & {
    mileage: number
    title_status: string | null
  })[]
  if (!row) return null
  const { mileage, title_status, ...car } = row
  return { ...car, miles: mileage, branded: isBrandedTitle(title_status) }
}

/** Those of these VINs that are of cars of our own, sold ones too. */
export async function loadOwnVins(
  context: QueryContext,
  vins: readonly string[],
): Promise<Set<string>> {
  const { rows } = await getTransaction(context).db.execute(
    sql`select vin from inventory where vin in (select
      jsonb_array_elements_text(${toJsonText(vins)}::jsonb))`,
  )
  return new Set(rows.map(({ vin }) => String(vin)))
}

/**
 * Keeps an analysis in the place of the car's last one. One with enough cars also leaves a line in
 * the history, in the place of the one at the same price on the same day in UTC; one without data
 * leaves none.
 */
export async function saveAnalysis(
  context: QueryContext,
  car: LotCar,
  { figures, verdict }: Analysis,
  details: { source: string; searched: SearchRow; now: Date },
): Promise<void> {
  const { db } = getTransaction(context)
  const now = details.now.toISOString()
  const [median, min, max] = [
    toDecimal(figures?.medianCents),
    toDecimal(figures?.minCents),
    toDecimal(figures?.maxCents),
  ]
  await db.execute(sql`insert into market_research_results (inventory_id, median_price, min_price,
    max_price, sample_size,
      comparable_vehicles, price_recommendation, last_analyzed_at, data_source, search_parameters,
        created_at, updated_at)
    values (${car.id}, ${median}, ${min}, ${max}, ${figures?.sampleSize ?? 0},
      ${toJsonText(toComparableRows(figures))}::jsonb,
      ${verdict.recommendation}, ${now}, ${details.source}, ${toJsonText(details.searched)}::jsonb,
        ${now}, ${now})
    on conflict (inventory_id) do update set median_price = excluded.median_price, min_price =
      excluded.min_price,
      max_price = excluded.max_price, sample_size = excluded.sample_size, comparable_vehicles =
        excluded.comparable_vehicles,
      price_recommendation = excluded.price_recommendation, last_analyzed_at =
        excluded.last_analyzed_at,
      data_source = excluded.data_source, search_parameters = excluded.search_parameters, updated_at
        = excluded.updated_at`)
  if (!figures || verdict.recommendation === 'insufficient_data') return
  await db.execute(sql`delete from market_price_history where inventory_id = ${car.id}
    and sample_size is not null
    and our_price = ${toDecimal(car.cents)} and recorded_at >= date_trunc('day',
    ${now}::timestamptz) and recorded_at < date_trunc('day', ${now}::timestamptz) + interval
      '1 day'`)
  await saveMarketPrices(context, car, figures, now)
}

async function saveMarketPrices(
  context: QueryContext,
  car: LotCar,
  figures: Figures,
  now: string,
): Promise<void> {
  await getTransaction(context).db.execute(sql`insert into market_price_history
      (inventory_id, our_price, median_market_price, min_market_price, sample_size, recorded_at)
    values (${car.id}, ${toDecimal(car.cents)}, ${toDecimal(figures.medianCents)},
      ${toDecimal(figures.minCents)}, ${figures.sampleSize}, ${now})`)
}

/** Writes down that our price changed; what the market asks then nobody knows. */
export async function savePrice(context: QueryContext, car: string, cents: number): Promise<void> {
  await getTransaction(context).db.execute(
    sql`insert into market_price_history (inventory_id, our_price, recorded_at)
      values (${car}, ${toDecimal(cents)}, now())`,
  )
}

const toDecimal = (cents: number | undefined): string | null =>
  cents === undefined ? null : centsToDollars(cents).toFixed(2)

/** The available cars that were not analysed for the longest, those that never were first. */
export async function loadDueCars(context: QueryContext, limit: number): Promise<string[]> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select car.id from inventory car left join market_research_results result on result.inventory_id
      = car.id
    where car.status = 'available' order by result.last_analyzed_at nulls first, car.listed_at,
      car.id limit ${limit}`)
  return rows.map(({ id }) => String(id))
}

/** A car's analysis as it was kept. */
export type StoredAnalysis = {
  analysedAt: string
  source: string | null
  recommendation: Recommendation | null
  comparables: unknown
  searched: unknown
}

/**
 * The latest analysis of a car; null where there is none, or one that does not say when it was
 * made.
 */
export async function findAnalysis(
  context: QueryContext,
  car: string,
): Promise<StoredAnalysis | null> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select last_analyzed_at, data_source, price_recommendation, comparable_vehicles,
      search_parameters
    from market_research_results where inventory_id = ${car}`)
  const [row] = rows
  if (!row?.['last_analyzed_at']) return null
  return {
    analysedAt: toIsoInstant(row['last_analyzed_at']),
    source: row['data_source'] as string | null,
    recommendation: row['price_recommendation'] as Recommendation | null,
    comparables: row['comparable_vehicles'],
    searched: row['search_parameters'],
  }
}

/** A line of the history: our price and, where it was analysed, the market's. */
export type PricePoint = {
  recordedAt: string
  ourPrice: number
  medianMarketPrice: number | null
  minMarketPrice: number | null
  sampleSize: number | null
}

/** The last prices of a car and of its market, the oldest first. */
export async function loadPrices(
  context: QueryContext,
  car: string,
  limit = 200,
): Promise<PricePoint[]> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select recorded_at, our_price::float8 as ours, median_market_price::float8 as median,
      min_market_price::float8 as least, sample_size
    from market_price_history where inventory_id = ${car} order by recorded_at desc, id limit
      ${limit}`)
  return rows.toReversed().map((row) => ({
    recordedAt: toIsoInstant(row['recorded_at']),
    ourPrice: Number(row['ours']),
    medianMarketPrice: row['median'] as number | null,
    minMarketPrice: row['least'] as number | null,
    sampleSize: row['sample_size'] as number | null,
  }))
}

const toIsoInstant = (value: unknown): string => new Date(value as string).toISOString()
