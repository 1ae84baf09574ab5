import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import type { Bands } from '../domain/verdict.ts'
import { loadRows, type QueryContext } from './query.ts'

const OVERVIEW_CARS = z
  .array(
    z.object({
      id: z.string(),
      title: z.string(),
      price: z.number(),
      expectedPrice: z.number().nullable(),
      priceToMarket: z.number().nullable(),
      recommendation: z
        .enum(['competitive', 'slightly_high', 'slightly_low', 'high', 'low'])
        .nullable(),
      sampleSize: z.number().nullable(),
      analysedAt: z.string().nullable(),
    }),
  )
  .nullable()
  .transform((cars) => cars ?? [])
const COUNT = z.coerce.number()

const OVERVIEW_ROW = z
  .object({
    available: COUNT,
    competitive: COUNT,
    overpriced_count: COUNT,
    overpriced_cars: OVERVIEW_CARS,
    underpriced_count: COUNT,
    underpriced_cars: OVERVIEW_CARS,
    stale_count: COUNT,
    stale_cars: OVERVIEW_CARS,
    no_data_count: COUNT,
    no_data_cars: OVERVIEW_CARS,
  })
  .transform((row) => ({
    available: row.available,
    competitive: row.competitive,
    overpriced: { count: row.overpriced_count, cars: row.overpriced_cars },
    underpriced: { count: row.underpriced_count, cars: row.underpriced_cars },
    stale: { count: row.stale_count, cars: row.stale_cars },
    noData: { count: row.no_data_count, cars: row.no_data_cars },
  }))

/** The available cars by market position, in dollars. A stale car may be in another group too. */
type Overview = z.output<typeof OVERVIEW_ROW>

/**
 * Counts the available cars by market position at their current prices, and lists up to `limit` of
 * each group: those furthest from the market first, stale ones by the age of their analysis. A car
 * that was last analyzed before `staleBefore`, an instant in ISO 8601, is stale. Overpriced and
 * underpriced cars are those outside the band in which a price is in line; each car has its
 * recommendation, by the same rules as in verdict.ts.
 */
export async function loadOverview(
  context: QueryContext,
  { staleBefore, limit, bands }: { staleBefore: string; limit: number; bands: Bands },
): Promise<Overview> {
  const inLine = sql`abs(price - expected) * 100 <= expected * ${bands.inLinePercent}::numeric`
  const isFar = sql`abs(price - expected) * 100 > expected * ${bands.farPercent}::numeric`
  const overpriced = sql`recommendation in ('high', 'slightly_high')`
  const underpriced = sql`recommendation in ('low', 'slightly_low')`
  const stale = sql`last_analyzed_at < ${staleBefore}`
  const noData = sql`expected is null`
  const furthestFirst = sql`difference desc`
  const oldestFirst = sql`last_analyzed_at`
  const neverAnalyzedFirst = sql`last_analyzed_at nulls first`
  const statement = sql`
    with positions as materialized (
      select car.id, coalesce(car.title, car.vin) as title, car.price, result.sample_size,
        result.last_analyzed_at,
        case when result.price_recommendation <> 'insufficient_data'
          and jsonb_typeof(result.search_parameters -> 'expectedPrice') = 'number'
          then (result.search_parameters ->> 'expectedPrice')::numeric end as expected
      from inventory car left join market_research_results result on result.inventory_id = car.id
      where car.status = 'available'),
    judged as materialized (
      select *, case when expected is null then null when ${inLine} then 'competitive'
          when price > expected then case when ${isFar} then 'high' else 'slightly_high' end
          else case when ${isFar} then 'low' else 'slightly_low' end end as recommendation
      from positions),
    cars as materialized (
      select *, abs(price - expected) / expected as difference,
        json_build_object('id', id, 'title', title, 'price', price::float8,
          'expectedPrice', expected::float8,
          'priceToMarket', round(price * 100 / expected, 1)::float8,
          'recommendation', recommendation, 'sampleSize', sample_size,
          'analysedAt', to_char(last_analyzed_at at time zone 'UTC',
            'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as car
      from judged)
    select (select count(*) from cars) as available,
      (select count(*) from cars where recommendation = 'competitive') as competitive,
      ${buildGroupColumns('overpriced', overpriced, furthestFirst, limit)},
      ${buildGroupColumns('underpriced', underpriced, furthestFirst, limit)},
      ${buildGroupColumns('stale', stale, oldestFirst, limit)},
      ${buildGroupColumns('no_data', noData, neverAnalyzedFirst, limit)}`
  const [overview] = await loadRows(context, OVERVIEW_ROW, statement)
  if (!overview) throw new Error('The market overview query returned no rows.')
  return overview
}

/** Builds the columns `<name>_count` and `<name>_cars`. */
const buildGroupColumns = (name: string, condition: SQL, order: SQL, limit: number): SQL => sql`
  (select count(*) from cars where ${condition}) as ${sql.identifier(`${name}_count`)},
  (select json_agg(car) from (select car from cars where ${condition}
    order by ${order}, id limit ${limit}) listed) as ${sql.identifier(`${name}_cars`)}`
