import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import { type MarketCriteria, normalizeCarName, type Stay } from '../domain/sightings.ts'
import { INSTANT, loadRows, type QueryContext } from './query.ts'

/**
 * The maximum age of the last sighting of a car for sale. Cars that no search covers any more
 * neither leave nor count as for sale.
 */
export const CURRENT_DAYS = 7
/** A car that is seen again within so many days after it left was not sold. */
const RETURN_DAYS = 30
/** The maximum number of stays that are loaded at once. */
const MAX_STAYS = 5_000

const STAY = z
  .object({
    vin: z.string().nullable(),
    listing: z.string(),
    place: z.string(),
    year: z.number(),
    make: z.string(),
    model: z.string(),
    trim: z.string().nullable(),
    drivetrain: z.string().nullable(),
    engine: z.string().nullable(),
    isNew: z.boolean().nullable(),
    branded: z.boolean(),
    cents: z.number(),
    firstCents: z.number(),
    miles: z.number().nullable(),
    city: z.string().nullable(),
    state: z.string().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    url: z.string().nullable(),
    startedAt: INSTANT,
    seenAt: INSTANT,
    leftAt: INSTANT.nullable(),
  })
  .transform(({ listing, place, latitude, longitude, ...car }): Stay => ({
    ...car,
    key: listing,
    dealer: place === '' ? null : place,
    position: latitude === null || longitude === null ? null : { latitude, longitude },
    listedAt: car.startedAt,
  }))

const STAY_COLUMNS = sql`vin, listing, place, year, make, model, trim, drivetrain, engine,
  is_new as "isNew", branded, (price * 100)::float8 as cents,
  (first_price * 100)::float8 as "firstCents", miles, city, state, latitude, longitude, url,
  started_at as "startedAt", last_seen_at as "seenAt", left_at as "leftAt"`

/** The stays of a market, and since when such cars have been recorded; null if they never were. */
export type MarketStays = { stays: Stay[]; recordedSince: string | null }

/**
 * Returns the cars of a market that were for sale at `asOf`, and those that were sold between
 * `since` and then, as one source saw them. Those that were sold last come first.
 */
export async function loadStays(
  context: QueryContext,
  criteria: MarketCriteria,
  { source, since, asOf }: { source: string; since: Date; asOf: Date },
): Promise<MarketStays> {
  const stays = await loadRows(
    context,
    STAY,
    sql`
      with ${buildStays(criteria, source)}
      select ${STAY_COLUMNS} from stays
      where ${isForSale(asOf)} or ${isSold(since, asOf)}
      order by left_at desc nulls last, listing, place limit ${MAX_STAYS}`,
  )
  const [record] = await loadRows(
    context,
    z.object({ recordedSince: INSTANT.nullable() }),
    sql`
      select min(first_seen_at) as "recordedSince" from market_sightings
      where source = ${source} and ${matchesCar(criteria)} and ${matchesDetails(criteria)}`,
  )
  return { stays, recordedSince: record?.recordedSince ?? null }
}

const SUMMARY = z.object({
  total: z.coerce.number(),
  medianPrice: z.number().nullable(),
  medianDaysOnMarket: z.number().nullable(),
})

/** A page of sold cars, and figures of all of them. */
export type SoldPage = z.output<typeof SUMMARY> & { stays: Stay[] }

/**
 * Returns one page of the cars of a market that were sold between two instants, those that were
 * sold last first. Pages count from 1.
 */
export async function loadSoldPage(
  context: QueryContext,
  criteria: MarketCriteria,
  { since, until, page, limit }: { since: Date; until: Date; page: number; limit: number },
): Promise<SoldPage> {
  const sold = sql`with ${buildStays(criteria)},
    sold as (select * from stays where ${isSold(since, until)})`
  const [summary] = await loadRows(
    context,
    SUMMARY,
    sql`${sold}
      select count(*) as total,
        percentile_cont(0.5) within group (order by price) as "medianPrice",
        percentile_cont(0.5) within group (order by ${DAYS}) as "medianDaysOnMarket"
      from sold`,
  )
  const stays = await loadRows(
    context,
    STAY,
    sql`${sold} select ${STAY_COLUMNS} from sold
      order by left_at desc, listing, place limit ${limit} offset ${(page - 1) * limit}`,
  )
  if (!summary) throw new Error('The summary of sold cars returned no row.')
  return { ...summary, stays }
}

const DAYS = sql`floor(extract(epoch from left_at - started_at) / 86400)`

/**
 * Builds `stays`: one row per car and seller from when it was listed until it left, with the facts
 * of its last sighting. A car that left and was seen again within 30 days, at the same seller or
 * another one, was not sold. If two sellers had a car and it left both at once, it was sold once.
 */
export function buildStays(criteria: MarketCriteria, source: string | null = null): SQL {
  return sql`
    numbered as (
      select *, count(*) filter (where outcome = 'gone') over (
        partition by source, listing, place order by first_seen_at, ended_at nulls last
        rows between unbounded preceding and 1 preceding) as stay
      from market_sightings
      where ${matchesCar(criteria)} and (${source}::text is null or source = ${source})),
    last_sightings as (
      select distinct on (source, listing, place, stay) *,
        min(least(listed_at, first_seen_at)) over same_stay as started_at,
        first_value(price) over (same_stay order by first_seen_at, ended_at nulls last)
          as first_price,
        case when outcome = 'gone' then ended_at end as left_at
      from numbered
      window same_stay as (partition by source, listing, place, stay)
      order by source, listing, place, stay, first_seen_at desc, ended_at desc nulls first),
    stays as (
      select *, left_at is not null
        and not exists (select from market_sightings later
          where later.listing = last_sightings.listing
            and later.last_seen_at > last_sightings.left_at
            and later.first_seen_at <= last_sightings.left_at + ${RETURN_DAYS} * interval '1 day')
        and 1 = row_number() over (
          partition by listing, left_at order by price, source, place) as is_sold
      from last_sightings where ${matchesDetails(criteria)})`
}

/** Whether a stay was sold in a period. */
const isSold = (since: Date, until: Date): SQL =>
  sql`(is_sold and left_at > ${toInstant(since)} and left_at <= ${toInstant(until)})`

/** Whether a stay is for sale at an instant. */
const isForSale = (asOf: Date): SQL =>
  sql`(ended_at is null and missed_at is null and started_at <= ${toInstant(asOf)}
    and last_seen_at > ${toInstant(asOf)} - ${CURRENT_DAYS} * interval '1 day')`

/** Formats an instant for a statement. */
export const toInstant = (time: Date): SQL => sql`${time.toISOString()}::timestamptz`

/** Whether a sighting is of the years, make and model of a market. */
export function matchesCar(criteria: MarketCriteria): SQL {
  const { make, model } = normalizeCarName(criteria)
  return sql`make = ${make} and model = ${model}
    and year between ${criteria.fromYear} and ${criteria.toYear}`
}

/** Whether a sighting has the miles, title, condition and trim of a market. */
export function matchesDetails({ fromMiles, toMiles, branded, isNew, trim }: MarketCriteria): SQL {
  return sql`branded = ${branded}
    and (${fromMiles}::int is null or miles >= ${fromMiles})
    and (${toMiles}::int is null or miles <= ${toMiles})
    and (${isNew}::boolean is null or is_new is distinct from not ${isNew}::boolean)
    and (${trim}::text is null or starts_with(lower(trim) || ' ', lower(${trim}) || ' '))`
}
