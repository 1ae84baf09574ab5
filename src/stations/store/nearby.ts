import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import {
  type BoundingBox,
  buildBoundingBox,
  EARTH_RADIUS_METERS,
  type Position,
} from '../domain/area.ts'

const ROW = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string().nullable(),
  latitude: z.number(),
  longitude: z.number(),
  phone: z.string().nullable(),
  website: z.string().nullable(),
  has93Octane: z.boolean().nullable(),
  hasPhoto: z.boolean(),
  isFromPlaces: z.boolean(),
  confirmedAt: z
    .number()
    .transform((milliseconds) => new Date(milliseconds))
    .nullable(),
  meters: z.number(),
  total: z.number(),
  hasStale: z.boolean(),
})

/**
 * A station in a circle, and its distance from the center in meters. `confirmedAt` is when Google
 * last returned it; null for a station without a place.
 */
export type NearbyStation = Omit<z.output<typeof ROW>, 'total' | 'hasStale'>

/** The circle to search, at most how many stations to return, and which of them are stale. */
export type NearbyQuery = {
  center: Position
  radiusMeters: number
  limit: number
  staleBefore: Date
}

/** The nearest stations, how many there are in the circle, and whether any of these is stale. */
export type NearbyStations = {
  stations: NearbyStation[]
  total: number
  hasStale: boolean
}

/**
 * Loads the stations within a circle, nearest first, by the index on latitude and longitude: the
 * bounding box of the circle, then the great-circle distance.
 */
export async function loadNearbyStations(
  db: Transaction['db'],
  { center, radiusMeters, limit, staleBefore }: NearbyQuery,
): Promise<NearbyStations> {
  const box = buildBoundingBox(center, radiusMeters)
  const { rows } = await db.execute(sql`
    with near as materialized (
      select id, meters from (
        select id, ${buildDistance(center)} as meters from stations where ${matchBox(box)}
      ) boxed where meters <= ${radiusMeters}),
    counted as (
      select count(*)::int as total from near),
    nearest as (
      select id, meters from near order by meters, id limit ${limit})
    select s.id, s.name, s.address, s.latitude::float8 as latitude,
      s.longitude::float8 as longitude, s.phone, s.website, s.has_93_octane as "has93Octane",
      s.photo_reference is not null as "hasPhoto",
      coalesce(s.is_from_places, false) as "isFromPlaces",
      extract(epoch from ${CONFIRMED_AT})::float8 * 1000 as "confirmedAt",
      nearest.meters, counted.total,
      coalesce(bool_or(${CONFIRMED_AT} < ${staleBefore.toISOString()}) over (), false)
        as "hasStale"
    from nearest join stations s using (id), counted order by nearest.meters, s.id`)
  const parsed = rows.map((row) => ROW.parse(row))
  return {
    stations: parsed.map(({ total: _, hasStale: __, ...station }) => station),
    total: parsed[0]?.total ?? 0,
    hasStale: parsed[0]?.hasStale ?? false,
  }
}

/** When Google last returned a station; rows of an older database have only `updated_at`. */
const CONFIRMED_AT = sql`case when s.google_place_id is not null
  then coalesce(s.fetched_at, s.updated_at) end`

/** The distance of a row from the center in meters: the haversine formula. */
const buildDistance = ({ latitude, longitude }: Position): SQL => sql`
  2 * ${EARTH_RADIUS_METERS}::float8 * asin(sqrt(least(1,
    power(sin(radians(latitude::float8 - ${latitude}::float8) / 2), 2)
    + cos(radians(${latitude}::float8)) * cos(radians(latitude::float8))
      * power(sin(radians(longitude::float8 - ${longitude}::float8) / 2), 2))))`

/** The rows in a box. A planner uses the index for each span of longitudes. */
const matchBox = ({ south, north, spans }: BoundingBox): SQL =>
  sql`(${sql.join(
    spans.map(
      ([west, east]) => sql`(latitude between ${south}::numeric and ${north}::numeric
        and longitude between ${west}::numeric and ${east}::numeric)`,
    ),
    sql` or `,
  )})`
