import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { INSTANT, loadRows, type QueryContext } from './query.ts'

const EVENT = z.object({
  at: INSTANT,
  kind: z.enum(['elsewhere', 'left']),
  details: z.string().nullable(),
  price: z.number().nullable(),
})

/**
 * When a source of the market first showed a car with a VIN at another seller, and when it no
 * longer did. Leaves out the sightings of `ownSource`, which the room that made them adds.
 */
export async function listVinEvents(
  context: QueryContext,
  vin: string,
  ownSource: string,
): Promise<z.output<typeof EVENT>[]> {
  return loadRows(
    context,
    EVENT,
    sql`
      with stays as (
        select nullif(place, '') as seller, min(first_seen_at) as began,
          (array_agg(price order by first_seen_at))[1] as first_price,
          case when bool_and(ended_at is not null) then max(ended_at) end as ended,
          (array_agg(price order by first_seen_at desc))[1] as last_price
        from market_sightings where listing = ${vin} and source <> ${ownSource}
        group by source, place)
      select began as at, 'elsewhere' as kind, seller as details, first_price::float8 as price
        from stays
      union all
      select ended, 'left', seller, last_price::float8 from stays where ended is not null`,
  )
}
