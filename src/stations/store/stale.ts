import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

type Database = Transaction['db']

const PLACE = z.object({ id: z.string(), placeId: z.string() })

/** The maximum number of rows that one statement deletes. */
const BATCH = 1_000

/** Whether an owner saved, reported or used a station. */
const IS_USED = sql`(exists (select from saved_stations where station_id = s.id)
  or exists (select from community_stations where station_id = s.id)
  or exists (select from fuel_logs where station_id = s.id))`

/** Removes stations from Google that are stale and that no owner uses. Returns their number. */
export async function removeStaleStations(db: Database, before: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`
    delete from stations where id in (
      select s.id from stations s
      where s.is_from_places and s.fetched_at < ${before.toISOString()} and not ${IS_USED}
      limit ${BATCH} for update skip locked)`)
  return rowCount ?? 0
}

/** The stale stations with a place, the stalest first: those that are kept. */
export async function listStalePlaces(
  db: Database,
  { before, limit }: { before: Date; limit: number },
): Promise<z.output<typeof PLACE>[]> {
  const { rows } = await db.execute(sql`
    select s.id, s.google_place_id as "placeId" from stations s
    where s.google_place_id is not null
      and coalesce(s.fetched_at, s.updated_at, s.created_at) < ${before.toISOString()}
    order by coalesce(s.fetched_at, s.updated_at, s.created_at), s.id limit ${limit}`)
  return rows.map((row) => PLACE.parse(row))
}

/** Notes when Google was asked about a place that it does not have anymore. */
export async function saveMissingPlace(db: Database, id: string, at: Date): Promise<void> {
  await db.execute(sql`update stations set fetched_at = ${at.toISOString()} where id = ${id}`)
}

/** Removes searches that no longer count. Returns their number. */
export async function removeStaleSearches(db: Database, before: Date): Promise<number> {
  const { rowCount } = await db.execute(
    sql`delete from station_searches where searched_at < ${before.toISOString()}`,
  )
  return rowCount ?? 0
}
