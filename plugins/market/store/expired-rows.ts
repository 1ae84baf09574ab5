import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

/** The maximum number of rows of a table that one statement deletes. */
const BATCH_SIZE = 1000
/** The number of prices that are kept per car regardless of age. */
const NEWEST_PRICES = 10

/**
 * Builds the statement that deletes a batch of old analyses, prices and sightings and of expired
 * VIN evaluations. Skips sightings that an analysis is just writing. It has one row for each
 * deleted row. `now` is an instant in ISO 8601.
 */
export const buildMarketCleanUp = (
  now: string,
  keepDays: { analyses: number; prices: number; sightings: number },
): SQL => sql`
  with analyses as (
      delete from market_research_results where id in (
        select id from market_research_results
        where last_analyzed_at < ${now}::timestamptz - ${keepDays.analyses} * interval '1 day'
        limit ${BATCH_SIZE})
      returning 1),
    prices as (
      delete from market_price_history where id in (
        select id from (
          select id, recorded_at, row_number() over (
            partition by inventory_id order by recorded_at desc, id) as position
          from market_price_history) numbered
        where position > ${NEWEST_PRICES}
          and recorded_at < ${now}::timestamptz - ${keepDays.prices} * interval '1 day'
        limit ${BATCH_SIZE})
      returning 1),
    sightings as (
      delete from market_sightings where id in (
        select id from market_sightings
        where last_seen_at < ${now}::timestamptz - ${keepDays.sightings} * interval '1 day'
        limit ${BATCH_SIZE} for update skip locked)
      returning 1),
    evaluations as (${buildVinCacheCleanUp(now)} returning 1)
  select from analyses union all select from prices union all select from sightings
    union all select from evaluations`

/** Builds the statement that deletes a batch of expired VIN evaluations. */
export function buildVinCacheCleanUp(now: string): SQL {
  return sql`delete from vin_evaluation_cache where id in (
    select id from vin_evaluation_cache where expires_at < ${now} limit ${BATCH_SIZE})`
}
