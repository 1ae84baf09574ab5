import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { toJsonText } from '../../../src/database/json-text.ts'
import type { Analysis } from '../domain/analysis.ts'
import { toComparableRows, type SearchRow } from '../domain/stored-analysis.ts'
import type { LotCar } from './cars.ts'
import { saveMarketPrices } from './prices.ts'
import { INSTANT, loadRows, type QueryContext, toDecimal, writeRows } from './query.ts'

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
  const now = details.now.toISOString()
  await writeRows(
    context,
    sql`
      insert into market_research_results (inventory_id, median_price, min_price, max_price,
        sample_size, comparable_vehicles, price_recommendation, last_analyzed_at, data_source,
        search_parameters, created_at, updated_at)
      values (${car.id}, ${toDecimal(figures?.medianCents)}, ${toDecimal(figures?.minCents)},
        ${toDecimal(figures?.maxCents)}, ${figures?.sampleSize ?? 0},
        ${toJsonText(toComparableRows(figures))}::jsonb, ${verdict.recommendation}, ${now},
        ${details.source}, ${toJsonText(details.searched)}::jsonb, ${now}, ${now})
      on conflict (inventory_id) do update set
        median_price = excluded.median_price,
        min_price = excluded.min_price,
        max_price = excluded.max_price,
        sample_size = excluded.sample_size,
        comparable_vehicles = excluded.comparable_vehicles,
        price_recommendation = excluded.price_recommendation,
        last_analyzed_at = excluded.last_analyzed_at,
        data_source = excluded.data_source,
        search_parameters = excluded.search_parameters,
        updated_at = excluded.updated_at`,
  )
  if (!figures || verdict.recommendation === 'insufficient_data') return
  await saveMarketPrices(context, car, figures, { tier: details.searched.tier, now })
}

/** Deletes the analysis of a car, if there is one. */
export async function deleteAnalysis(context: QueryContext, car: string): Promise<void> {
  await writeRows(context, sql`delete from market_research_results where inventory_id = ${car}`)
}

/** Deletes the analysis of a car if a VIN, which is ours now, is among its comparables. */
export async function deleteAnalysisWithVin(
  context: QueryContext,
  { car, vin }: { car: string; vin: string },
): Promise<void> {
  await writeRows(
    context,
    sql`
      delete from market_research_results where inventory_id = ${car}
        and comparable_vehicles @> ${toJsonText([{ vin }])}::jsonb`,
  )
}

const ANALYSIS_ROW = z.object({
  analysedAt: INSTANT,
  source: z.string().nullable(),
  comparables: z.unknown(),
  searched: z.unknown(),
})

/** A stored analysis of a car. */
export type StoredAnalysis = z.output<typeof ANALYSIS_ROW>

/** Returns the latest analysis of a car; null if there is none, or if its time is unknown. */
export async function findAnalysis(
  context: QueryContext,
  car: string,
): Promise<StoredAnalysis | null> {
  const [analysis] = await loadRows(
    context,
    ANALYSIS_ROW,
    sql`
      select last_analyzed_at as "analysedAt", data_source as source,
        comparable_vehicles as comparables, search_parameters as searched
      from market_research_results
      where inventory_id = ${car} and last_analyzed_at is not null`,
  )
  return analysis ?? null
}
