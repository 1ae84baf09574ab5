import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { toJsonText } from '../../src/database/json-text.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import type { Analysis } from './domain/analysis.ts'
import { formatDecimal } from '../../src/domain/money.ts'
import type { Figures } from './domain/figures.ts'
import { isBrandedTitle, type Subject } from './domain/listing.ts'
import { toComparableRows, type SearchRow } from './domain/stored-analysis.ts'
import type { Recommendation } from './domain/verdict.ts'

/** The context of a query: the transaction of a request, or the pool if there is none. */
export type QueryContext = Pick<PayloadRequest, 'payload' | 'transactionID'>

/** A car on the lot as the market room uses it. */
export type LotCar = Subject & {
  id: string
  title: string
  status: string
  cents: number
  miles: number
}

/** Returns the car with this ID, or null. `hold` locks it until the transaction ends. */
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

/** Returns those of the given VINs that belong to our own cars, including sold ones. */
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
 * Saves an analysis and replaces the car's previous one. With enough cars, also adds a row to the
 * price history, which replaces a row of the same price and UTC day; without enough data, adds
 * none.
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

/** Adds our new price to the history, without market prices, which are unknown at that time. */
export async function savePrice(context: QueryContext, car: string, cents: number): Promise<void> {
  await getTransaction(context).db.execute(
    sql`insert into market_price_history (inventory_id, our_price, recorded_at)
      values (${car}, ${toDecimal(cents)}, now())`,
  )
}

const toDecimal = (cents: number | undefined): string | null =>
  cents === undefined ? null : formatDecimal(cents)

/**
 * Returns the available cars to analyze next: those never analyzed first, then those with the
 * oldest analysis.
 */
export async function loadDueCars(context: QueryContext, limit: number): Promise<string[]> {
  const { rows } = await getTransaction(context).db.execute(sql`
    select car.id from inventory car left join market_research_results result on result.inventory_id
      = car.id
    where car.status = 'available' order by result.last_analyzed_at nulls first, car.listed_at,
      car.id limit ${limit}`)
  return rows.map(({ id }) => String(id))
}

/** A stored analysis of a car. */
export type StoredAnalysis = {
  analysedAt: string
  source: string | null
  recommendation: Recommendation | null
  comparables: unknown
  searched: unknown
}

/** Returns the latest analysis of a car; null if there is none, or if its time is unknown. */
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

/** A row of the price history: our price and, if analyzed, the market's. */
export type PricePoint = {
  recordedAt: string
  ourPrice: number
  medianMarketPrice: number | null
  minMarketPrice: number | null
  sampleSize: number | null
}

/** Returns the latest prices of a car and its market, oldest first. */
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
