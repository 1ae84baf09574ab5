import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { MarketCriteria } from '../domain/sightings.ts'
import { INSTANT, loadRows, type QueryContext } from './query.ts'
import { buildStays, CURRENT_DAYS, matchesCar, matchesDetails, toInstant } from './stays.ts'

const PERIOD = z.object({
  from: INSTANT,
  cars: z.coerce.number(),
  medianPrice: z.number().nullable(),
  lowestPrice: z.number().nullable(),
  listed: z.coerce.number(),
  repriced: z.coerce.number(),
  sold: z.coerce.number(),
})

/**
 * What a market was like in a week or month: the cars for sale at its end, each once, with their
 * prices in dollars; and how many were listed, repriced and sold in it.
 */
export type MarketPeriod = z.output<typeof PERIOD>

/**
 * Returns the weeks or months of a market from `since` to `until`, oldest first, beginning with the
 * one in which such cars were recorded first. Weeks begin on Monday, in UTC. Cars that were already
 * for sale when the record began do not count as listed.
 */
export async function loadMarketHistory(
  context: QueryContext,
  criteria: MarketCriteria,
  { since, until, by }: { since: Date; until: Date; by: 'week' | 'month' },
): Promise<MarketPeriod[]> {
  const step = sql`${`1 ${by}`}::interval`
  return loadRows(
    context,
    PERIOD,
    sql`
      with ${buildStays(criteria)},
      sightings as materialized (
        select listing, price, first_seen_at, last_seen_at, missed_at, ended_at, outcome
        from market_sightings where ${matchesCar(criteria)} and ${matchesDetails(criteria)}),
      record as (select min(first_seen_at) as began from sightings),
      periods as (
        select start, start + ${step} as next, least(start + ${step}, ${toInstant(until)}) as moment
        from record, generate_series(
          date_trunc(${by}, greatest(began, ${toInstant(since)}), 'UTC'), ${toInstant(until)},
          ${step}) start
        where began <= ${toInstant(until)})
      select start as "from", cars, median as "medianPrice", lowest::float8 as "lowestPrice",
        (select count(distinct listing) from stays, record
          where started_at >= start and started_at < next and started_at > began) as listed,
        (select count(*) from sightings
          where outcome = 'repriced' and ended_at >= start and ended_at < next) as repriced,
        (select count(*) from stays
          where is_sold and left_at >= start and left_at < next) as sold
      from periods cross join lateral (
        select count(*) as cars, min(price) as lowest,
          percentile_cont(0.5) within group (order by price) as median
        from (
          select distinct on (listing) price from sightings
          where first_seen_at <= moment and (ended_at > moment or (ended_at is null
            and last_seen_at > moment - ${CURRENT_DAYS} * interval '1 day'
            and coalesce(missed_at > moment, true)))
          order by listing, price) offered) as offers
      order by start`,
  )
}
