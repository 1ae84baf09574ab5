import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import { toJsonText } from '../../../src/database/json-text.ts'
import type { CollectedListings } from '../domain/analysis.ts'
import type { Search } from '../domain/search.ts'
import {
  findPrice,
  listSightings,
  normalizeCarName,
  type SearchArea,
  type Sighting,
} from '../domain/sightings.ts'
import { loadRows, type QueryContext, toDecimal } from './query.ts'

/** The kind of the advisory lock; the number is arbitrary. */
const LOCK_KIND = 7305016
/**
 * The minimum time between the two searches that both have to miss a car. Several cars of the lot
 * can have the same market, so that one bad moment of a source is searched many times.
 */
const MIN_HOURS_MISSED = 12
/** A car with almost as many miles as were searched for may have more today. */
const MILES_MARGIN = 1_000

/** The columns that describe a car, with their types. A sighting replaces their values. */
const CAR_COLUMNS = {
  vin: 'text',
  year: 'int',
  make: 'text',
  model: 'text',
  trim: 'text',
  drivetrain: 'text',
  engine: 'text',
  is_new: 'boolean',
  branded: 'boolean',
  miles: 'int',
  city: 'text',
  state: 'text',
  latitude: 'float8',
  longitude: 'float8',
  url: 'text',
  listed_at: 'timestamptz',
} as const

type CarColumn = keyof typeof CAR_COLUMNS

const NAMES = Object.keys(CAR_COLUMNS)
const COLUMNS = sql.raw(NAMES.join(', '))
const FRESH_COLUMNS = sql.raw(NAMES.map((name) => `fresh.${name}`).join(', '))
const TYPED_COLUMNS = sql.raw(
  Object.entries(CAR_COLUMNS)
    .map(([name, type]) => `${name} ${type}`)
    .join(', '),
)

const COUNTS = z.object({
  added: z.coerce.number(),
  repriced: z.coerce.number(),
  gone: z.coerce.number(),
})

/** How many cars appeared or got a new price, how many of these got one, and how many left. */
export type SightingCounts = z.output<typeof COUNTS>

/**
 * Records what a search found, in the transaction of its analysis. Cars that are found again stay
 * or get a new price. A complete search also notes the cars that it should have found but did not:
 * those within its criteria and its area. A car that two searches in a row miss, twelve hours or
 * more apart, is gone as of the first of them.
 *
 * `observedAt` is when the search was sent. A search that was sent before another one that is
 * already recorded changes nothing that the other one saw. Until the transaction ends, no other
 * search of the source is recorded, so call this after everything else that waits for locks.
 */
export async function recordSightings(
  context: QueryContext,
  { search, found }: CollectedListings,
  details: {
    source: string
    area: SearchArea | null
    /** The VINs of our own cars, which are not part of the market. */
    own: ReadonlySet<string>
    observedAt: Date
  },
): Promise<SightingCounts> {
  const { source, area } = details
  const lock = sql`select pg_advisory_xact_lock(hashtextextended(${source}, ${LOCK_KIND}))`
  await loadRows(context, z.unknown(), lock)
  const at = sql`${details.observedAt.toISOString()}::timestamptz`
  const rows = listSightings(found.listings, details.own).map(toSightingRow)
  const [counts] = await loadRows(
    context,
    COUNTS,
    sql`
      with seen as materialized (
        select * from jsonb_to_recordset(${toJsonText(rows)}::jsonb)
          as seen (listing text, place text, price numeric(10, 2), ${TYPED_COLUMNS})),
      ${buildFoundParts(source, area, at)},
      missed as (
        update market_sightings sighting
        set missed_at = coalesce(missed_at, ${at}),
          ended_at = case when ${isGone(at)} then missed_at end,
          outcome = case when ${isGone(at)} then 'gone' end
        where source = ${source} and ended_at is null and last_seen_at < ${at}
          and ${found.complete} and ${isCovered(search, area)}
          and (missed_at is null or ${isGone(at)})
          and not exists (select from seen
            where seen.listing = sighting.listing and seen.place = sighting.place)
        returning outcome)
      select (select count(*) from added) as added, (select count(*) from repriced) as repriced,
        (select count(*) from missed where outcome = 'gone') as gone`,
  )
  if (!counts) throw new Error('The record of sightings returned no row.')
  return counts
}

/**
 * Builds the parts of the statement that write what was found: `repriced`, `confirmed` and `added`.
 * A row of another price is inserted after its predecessor has ended, because it is joined with
 * what that update returns.
 */
const buildFoundParts = (source: string, area: SearchArea | null, at: SQL): SQL => sql`
  fresh as materialized (
    select seen.*, sighting.id, sighting.price as known_price
    from seen left join market_sightings sighting on sighting.source = ${source}
      and sighting.listing = seen.listing and sighting.place = seen.place
      and sighting.ended_at is null
    where not exists (select from market_sightings later
      where later.source = ${source} and later.listing = seen.listing
        and later.place = seen.place
        and greatest(later.last_seen_at, later.ended_at) > ${at})),
  repriced as (
    update market_sightings sighting
    set ended_at = ${at}, outcome = 'repriced', missed_at = null
    from fresh where sighting.id = fresh.id and fresh.price <> fresh.known_price
    returning sighting.id),
  confirmed as (
    update market_sightings sighting
    set (${COLUMNS}) = row(${FRESH_COLUMNS}), zip = ${area?.zip ?? null},
      radius_miles = ${area?.radiusMiles ?? null}, last_seen_at = ${at}, missed_at = null
    from fresh where sighting.id = fresh.id
      and (fresh.price is null or fresh.price = fresh.known_price)),
  added as (
    insert into market_sightings (source, listing, place, price, ${COLUMNS}, zip, radius_miles,
      first_seen_at, last_seen_at)
    select ${source}, listing, place, price, ${FRESH_COLUMNS}, ${area?.zip ?? null},
      ${area?.radiusMiles ?? null}::int, ${at}, ${at}
    from fresh left join repriced using (id)
    where price is not null and (fresh.id is null or repriced.id is not null)
    returning 1)`

const isGone = (at: SQL): SQL => sql`missed_at <= ${at} - ${MIN_HOURS_MISSED} * interval '1 hour'`

/**
 * Whether a search would have found a car if it were still for sale. Every criterion that narrows a
 * search must be here: a car beyond it was not missed.
 */
function isCovered(search: Search, area: SearchArea | null): SQL {
  const { make, model } = normalizeCarName(search)
  const { fromYear, toYear, fromMiles } = search
  const toMiles = search.toMiles === null ? null : search.toMiles - MILES_MARGIN
  return sql`make = ${make} and model = ${model} and year between ${fromYear} and ${toYear}
    and (${toMiles}::int is null or miles between ${fromMiles} and ${toMiles})
    and (${area?.zip ?? null}::text is null
      or (zip = ${area?.zip ?? null} and radius_miles <= ${area?.radiusMiles ?? null}))`
}

/** A row for the statement: the identity, the price and the columns of a car. */
function toSightingRow({ listing, place, car }: Sighting) {
  const columns: Record<CarColumn, string | number | boolean | null> = {
    ...normalizeCarName(car),
    vin: car.vin,
    year: car.year,
    trim: car.trim,
    drivetrain: car.drivetrain,
    engine: car.engine,
    is_new: car.isNew,
    branded: car.branded,
    miles: car.miles,
    city: car.city,
    state: car.state,
    latitude: car.position?.latitude ?? null,
    longitude: car.position?.longitude ?? null,
    url: car.url,
    listed_at: car.listedAt,
  }
  return { listing, place, price: toDecimal(findPrice(car) ?? undefined), ...columns }
}
