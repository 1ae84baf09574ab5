import { sql } from '@payloadcms/db-postgres'
import { definePruneTask } from '../../../jobs/prune.ts'
import type { MarketSettings } from '../options.ts'

/** The number of prices that are kept per car regardless of age. */
const NEWEST_PRICES = 10

/** Removes old analyses and prices, and expired VIN evaluations. */
export const cleanUpMarket = ({ keepDays, cleanUp }: MarketSettings) =>
  definePruneTask({
    name: 'clean-up-market',
    description:
      'Removes old market analyses and prices (keeping the ten newest prices of each car) ' +
      'and expired VIN data.',
    ...cleanUp,
    statement: (now) => sql`
      with analyses as (delete from market_research_results where id in (select id
        from market_research_results
          where last_analyzed_at < ${now}::timestamptz - ${keepDays.analyses} * interval '1 day'
            limit 1000) returning 1),
        prices as (delete from market_price_history where id in (
          select id from (select id, recorded_at,
              row_number() over (partition by inventory_id order by recorded_at desc, id) as place
                from market_price_history) placed
            where place > ${NEWEST_PRICES} and recorded_at < ${now}::timestamptz -
              ${keepDays.prices} * interval '1 day' limit 1000)
          returning 1),
        answers as (delete from vin_evaluation_cache where id in (
          select id from vin_evaluation_cache where expires_at < ${now} limit 1000) returning 1)
      select from analyses union all select from prices union all select from answers`,
  })
