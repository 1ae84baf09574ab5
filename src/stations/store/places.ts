import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import type { SearchArea } from '../domain/coverage.ts'
import type { Place } from '../domain/places.ts'

type Database = Transaction['db']

const SEARCH = z.object({ at: z.number(), found: z.number() })

/** The last search of an area; null if it was never searched. */
export async function findLastSearch(
  db: Database,
  { key }: SearchArea,
): Promise<{ at: Date; found: number } | null> {
  const { rows } = await db.execute(sql`
    select extract(epoch from searched_at)::float8 * 1000 as at, found
    from station_searches where area = ${key}`)
  if (!rows[0]) return null
  const { at, found } = SEARCH.parse(rows[0])
  return { at: new Date(at), found }
}

/** Saves the result of a search: its places, and when the area was searched. */
export async function saveSearch(
  db: Database,
  { key }: SearchArea,
  { places, at }: { places: readonly Place[]; at: Date },
): Promise<void> {
  await savePlaces(db, places, at)
  await db.execute(sql`
    insert into station_searches (area, searched_at, found)
      values (${key}, ${at.toISOString()}, ${places.length})
    on conflict (area) do update set searched_at = excluded.searched_at, found = excluded.found`)
}

/**
 * Saves places as stations, by their place IDs. A station that a person added keeps its own values;
 * only empty ones are filled.
 */
export async function savePlaces(db: Database, places: readonly Place[], at: Date): Promise<void> {
  if (places.length === 0) return
  const values = places.map(
    (place) => sql`(${place.placeId}, ${place.name}, ${place.address},
      ${place.latitude}::numeric, ${place.longitude}::numeric, ${place.phone}, ${place.website},
      ${place.photoReference}, ${at.toISOString()}::timestamptz, true)`,
  )
  await db.execute(sql`
    insert into stations as known (google_place_id, name, address, latitude, longitude, phone,
      website, photo_reference, fetched_at, is_from_places)
    values ${sql.join(values, sql`, `)}
    on conflict (google_place_id) do update set
      ${sql.join(PLACE_COLUMNS.map(mergeColumn), sql`, `)},
      fetched_at = excluded.fetched_at`)
}

const PLACE_COLUMNS = [
  'name',
  'address',
  'latitude',
  'longitude',
  'phone',
  'website',
  'photo_reference',
] as const

/** Google's value for a station from Google; for others, only if they have none. */
function mergeColumn(name: (typeof PLACE_COLUMNS)[number]) {
  const column = sql.identifier(name)
  return sql`${column} = case when known.is_from_places then excluded.${column}
    else coalesce(known.${column}, excluded.${column}) end`
}
